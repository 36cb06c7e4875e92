import { foldLine } from './commit-message.ts';

/** A service whose generated files would not be those of the target, and why. */
export interface RegenerationDifference {
  readonly service: string;
  readonly reasons: readonly string[];
}

/** Whether what a rollback generates is, byte for byte, what was generated at its target. */
export interface Regeneration {
  readonly exact: boolean;
  readonly differs: readonly RegenerationDifference[];
}

const shownServices = 3;
const shownReasons = 3;

/** What stands first when there are many, and how many more there are. */
function some(texts: readonly string[], most: number, separator: string): string {
  const more = texts.length - most;
  return [...texts.slice(0, most), ...(more > 0 ? [`${more} more`] : [])].map(foldLine).join(separator);
}

const differenceText = ({ service, reasons }: RegenerationDifference): string =>
  `${foldLine(service)} (${some(reasons, shownReasons, ', ')})`;

/** The same in one line, for people. */
export const regenerationText = ({ exact, differs }: Regeneration): string =>
  exact
    ? 'Exact: the generated files become what they were at the target, byte for byte'
    : `Approximate: not as generated at the target: ${some(differs.map(differenceText), shownServices, '; ')}`;
