import { shellQuoted } from '../std/shell-quoted.ts';
import { printable } from './printable.ts';

/** A word as a person can paste it into a POSIX shell: quoted only where it must be. */
export const shellWord = (word: string): string => shellQuoted(printable(word));
