// Text of people stands in code alone: nothing in there is a link, a mark or a new line of the page, whatever it says.

const LONGEST_SPAN = 500;
// What starts another line, and what reorders, hides or cannot be written.
const acting = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const notInBlocks = /(?!\n|\t)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const escaped = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** So many backticks as are nowhere in the text, and at least `least`. */
function fence(text: string, least: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  return '`'.repeat(Math.max(least, longest + 1));
}

/** One line of text as code inside a line; what acts on a reader is shown as escapes, and long text is cut. */
export function codeSpan(text: string): string {
  const line = text.replaceAll(acting, escaped);
  const cut = line.length > LONGEST_SPAN ? `${line.slice(0, LONGEST_SPAN).toWellFormed()}…` : line;
  if (cut.trim() === '') return '–';
  const ticks = fence(cut, 1);
  const pad = /^[` ]|[` ]$/.test(cut) ? ' ' : '';
  return `${ticks}${pad}${cut}${pad}${ticks}`;
}

/** The same for a cell of a table, where a bar would end it: it is shown as an escape. */
export const codeCell = (text: string): string => codeSpan(text.replaceAll('|', '\\u007c'));

/** Text of several lines as a block of code. */
export function codeBlock(text: string, language = 'text'): string {
  const body = text.replaceAll('\r\n', '\n').replaceAll(notInBlocks, escaped);
  const ticks = fence(body, 3);
  return `${ticks}${language}\n${body.replace(/\n$/, '')}\n${ticks}`;
}
