/** One replacement in a text: the characters from `start` up to `end` become `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits to a text, or undefined when two of them touch the same characters. Equal edits count once. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  // At one position, new text goes before what is taken away there.
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let at = 0;
  let last: TextEdit | undefined;
  for (const edit of sorted) {
    if (
      last &&
      edit.end > edit.start &&
      last.start === edit.start &&
      last.end === edit.end &&
      last.text === edit.text
    )
      continue;
    if (edit.start < at) return undefined;
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
    last = edit;
  }
  return result + text.slice(at);
}
