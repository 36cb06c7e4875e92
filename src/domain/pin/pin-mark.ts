import { quotedName } from '../diff/quoted-name.ts';

/** What the comment of a pin says: the revision that was rolled back to, in short, and the shared file. */
export interface PinMark {
  readonly target: string;
  readonly shared: string;
}

const words = '# knowngood pin: rollback to ';
const shape = /# knowngood pin: rollback to ([0-9a-f]{8}) keeps what (.+) said then\s*$/;

/** The comment behind a pin, which names the rollback and says why. */
export const pinMark = ({ target, shared }: PinMark): string =>
  `${words}${target.slice(0, 8)} keeps what ${quotedName(shared)} said then`;

/** What the comment at the end of a line says, if it is that of a pin. */
export function readPinMark(line: string): PinMark | undefined {
  const [, target, shared] = shape.exec(line) ?? [];
  return target === undefined || shared === undefined ? undefined : { target, shared };
}
