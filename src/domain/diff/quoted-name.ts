// What acts on a terminal, and what Git itself quotes: control characters, lone surrogates (bytes of a name that are
// not UTF-8), separators, marks that reorder text, quotes and backslashes.
const special = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069"\\]/u;
const short: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`;

function quoted(character: string): string {
  const known = short[character];
  if (known !== undefined) return known;
  if (!special.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xdc80 && code <= 0xdcff) return octal(code - 0xdc00);
  const bytes = encodeURIComponent(character.toWellFormed()).matchAll(/%(..)/g);
  return Array.from(bytes, ([, hex = '']) => octal(Number.parseInt(hex, 16))).join('');
}

/** A name in a diff as Git writes it: as it is, or in quotes with escapes that `git apply` reads back. */
export const quotedName = (name: string): string =>
  special.test(name) ? `"${Array.from(name, quoted).join('')}"` : name;
