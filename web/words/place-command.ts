import { shellQuoted } from '../../src/std/shell-quoted.ts';
import type { NamedPlace } from './place-title.ts';

export interface CommandedPlace extends NamedPlace {
  readonly service?: string | undefined;
}

/** `knowngood VERB` for a tenant-environment, or one service of it, ready for a shell; `rest` follows. */
export const placeCommand = (verb: string, of: CommandedPlace, rest: readonly string[] = []): string => {
  const service = of.service === undefined ? [] : ['-s', of.service];
  const place = ['-p', of.project, '-t', of.tenant, '-e', of.environment, ...service];
  return ['knowngood', verb, ...place, ...rest].map(shellQuoted).join(' ');
};
