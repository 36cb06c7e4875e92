import { GitError } from './git-error.ts';

const replacement = '\uFFFD';
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A name's bytes as text: UTF-8, with every byte that is not as a lone surrogate U+DC80–U+DCFF. */
export function decodeName(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes(replacement) ? decodeOddName(bytes) : text;
}

function decodeOddName(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const [character, length] = firstCharacter(bytes.subarray(at, at + 4));
    text += character;
    at += length;
  }
  return text;
}

function firstCharacter(bytes: Buffer): [string, number] {
  const first = bytes[0] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  try {
    if (length <= bytes.length) return [strictUtf8.decode(bytes.subarray(0, length)), length];
  } catch {
    // Not UTF-8 here: this one byte is escaped and the next starts afresh.
  }
  return [String.fromCharCode(0xdc00 + first), 1];
}

/** The inverse of `decodeName`. Throws `path_outside` for a lone surrogate that stands for no byte. */
export function encodeName(name: string): Buffer {
  if (name.isWellFormed()) return Buffer.from(name);
  const parts = Array.from(name, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xdc80 && code <= 0xdcff) return Buffer.of(code - 0xdc00);
    if (code >= 0xd800 && code <= 0xdfff) throw refusedName(name, 'its name is not text');
    return Buffer.from(character);
  });
  return Buffer.concat(parts);
}

/** Throws `path_outside` for a name that no tree of ours may contain: it could leave the working tree or enter `.git`. */
export function refuseUnsafeName(name: string): void {
  if (name === '') throw refusedName(name, 'a part of it is empty');
  if (name === '.' || name === '..') throw refusedName(name, 'it has a . or .. in it');
  if (/[/\0]/.test(name)) throw refusedName(name, 'a name has a slash or a NUL in it');
  if (name.split('\\').some(isDotGit)) throw refusedName(name, 'it leads into .git');
}

// What HFS+ leaves out of a name; NTFS leaves out dots and spaces at its end, and whatever stands behind a colon.
const ignoredByHfs = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;
const isDotGit = (part: string): boolean =>
  /^(\.git|git~1)[. ]*(:|$)/i.test(part) || part.replaceAll(ignoredByHfs, '').toLowerCase() === '.git';

const refusedName = (name: string, reason: string): GitError =>
  new GitError('path_outside', { path: name, reason });
