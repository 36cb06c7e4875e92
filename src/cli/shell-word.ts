import { printable } from './printable.ts';

/** A word as a person can paste it into a POSIX shell: quoted only where it must be. */
export const shellWord = (word: string): string =>
  /^[\w./:@%+=,~-]+$/.test(word) && !/^[~=]/.test(word)
    ? word
    : `'${printable(word).replaceAll("'", String.raw`'\''`)}'`;
