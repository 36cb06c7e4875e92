/** What the field engine takes on; anything beyond is restored whole. Chosen so that the worst file within them costs well under a second. */
export const limits = {
  characters: 1_048_576,
  lexemes: 250_000,
  depth: 100,
  documents: 1_000,
  aliases: 100,
  properties: 2_000,
  /** Values in one file once every alias is written out; stops alias bombs. */
  unfolded: 200_000,
} as const;

// Control characters but tab and line ends; YAML allows none of them, and a text that has one is mostly no text.
const unreadable = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/u;

/** Why a text cannot be read field by field, told before any parser sees it; undefined when it may be tried. */
export function textProblem(text: string): string | undefined {
  if (text.length > limits.characters) return 'the file is larger than 1 MiB';
  if (text.trim() === '') return 'the file is empty';
  if (unreadable.test(text)) return 'the file is binary or has control characters';
  if (text.includes('\ufffd') || !text.isWellFormed()) return 'the file is not valid UTF-8';
  if (/\r(?!\n)/.test(text))
    return 'a carriage return stands alone, and parsers disagree whether it ends a line';
  return undefined;
}
