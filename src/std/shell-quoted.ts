/** A word for a POSIX shell, as it is: quoted only where it must be. */
export const shellQuoted = (word: string): string =>
  /^[\w./:@%+=,~-]+$/.test(word) && !/^[~=]/.test(word)
    ? word
    : `'${word.replaceAll("'", String.raw`'\''`)}'`;
