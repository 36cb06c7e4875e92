// Control characters (C0, DEL, C1), lone surrogates (bytes of a name that are not UTF-8), line and paragraph
// separators, and the marks that reorder text on a screen.
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const escaped = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\r') return '\\r';
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
};

/**
 * Text from outside as one line that cannot move the cursor, colour the screen or pretend to be other text.
 * For names, messages and values that come from a repository.
 */
export const printable = (text: string): string => text.replaceAll(unprintable, escaped);
