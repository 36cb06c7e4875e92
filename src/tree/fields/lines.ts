/** The line a position stands on: its first character, and its end without the line end. */
export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end < 0) return text.length;
  return end > at && text[end - 1] === '\r' ? end - 1 : end;
}

/** The first character of the following line, or the end of the text. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** True when only white space stands before this position on its line. */
export const startsLine = (text: string, at: number): boolean =>
  text.slice(lineStart(text, at), at).trim() === '';

export const columnOf = (text: string, at: number): number => at - lineStart(text, at);

/** How far the line of a position is indented. */
export const indentOf = (text: string, at: number): number =>
  /^ */.exec(text.slice(lineStart(text, at), at))?.[0].length ?? 0;

/** The line end this text uses. */
export const eolOf = (text: string): string => {
  const end = text.indexOf('\n');
  return end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n';
};

/** Writes every line end the same way. */
export const withEol = (text: string, eol: string): string => text.replaceAll(/\r?\n/g, eol);

/** Moves every line but the first right (or left) by so many spaces; empty lines stay empty. */
export function reindent(text: string, delta: number): string {
  if (delta === 0 || !text.includes('\n')) return text;
  const [first = '', ...rest] = text.split('\n');
  return [first, ...rest.map((line) => shift(line, delta))].join('\n');
}

function shift(line: string, delta: number): string {
  if (line === '' || line === '\r') return line;
  if (delta > 0) return ' '.repeat(delta) + line;
  const room = /^ */.exec(line)?.[0].length ?? 0;
  return line.slice(Math.min(room, -delta));
}
