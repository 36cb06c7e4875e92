/** Limits of what a push may bring into a tree. Bytes of a path count, not characters. */
const longestPath = 1024;
const deepest = 64;

/** Why a path that a push adds or changes cannot be accepted; undefined when it can. */
export function whyPathRefused(path: string): string | undefined {
  if (!path.isWellFormed()) return 'it is not valid UTF-8';
  if (utf8Length(path) > longestPath) return `it is longer than ${longestPath} bytes`;
  const names = path.split('/');
  if (names.length > deepest) return `it is deeper than ${deepest} folders`;
  return names.map(whyNameRefused).find((reason) => reason !== undefined);
}

function whyNameRefused(name: string): string | undefined {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) return 'it has a control character or a line break';
  if (/\p{Bidi_Control}/u.test(name)) return 'it has a character that reorders text';
  if (name.includes('\\')) return 'it has a backslash';
  if (name === '' || name === '.' || name === '..') return 'it is not a plain path';
  if (name.toLowerCase().replaceAll(/\p{Cf}/gu, '') === '.git') return 'it looks like a Git folder';
  if (name.startsWith('-')) return 'a name begins with -, as an option does';
  return undefined;
}

/** Why a symbolic link at this path cannot be accepted: where it leads must be a place of the same tree. */
export function whyLinkRefused(path: string, target: string): string | undefined {
  if (target === '' || /[\p{Cc}\\]/u.test(target) || !target.isWellFormed())
    return 'the link has no plain target';
  if (target.startsWith('/')) return 'the link leads to an absolute path';
  let depth = path.split('/').length - 1;
  for (const name of target.split('/')) {
    if (name === '..') depth -= 1;
    else if (name.toLowerCase() === '.git') return 'the link leads into a Git folder';
    else if (name !== '' && name !== '.') depth += 1;
    if (depth < 0) return 'the link leads out of the repository';
  }
  return undefined;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
