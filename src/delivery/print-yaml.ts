import type { FieldValue } from '../tree/fields/change.ts';
import { isTextUnquoted } from '../tree/fields/scalar.ts';

/**
 * A value as YAML in block style. The same value gives the same bytes, always: they are what generated files are
 * compared by. Every reader of YAML 1.1 or 1.2 reads the value back. Ends with a line break.
 */
export const printYaml = (value: FieldValue): string => `${linesOf(value).join('\n')}\n`;

/** Several documents in one file. */
export const printDocuments = (values: readonly FieldValue[]): string => values.map(printYaml).join('---\n');

const isList = (value: FieldValue): value is readonly FieldValue[] => Array.isArray(value);

function linesOf(value: FieldValue): readonly string[] {
  if (isList(value)) return value.length === 0 ? ['[]'] : value.flatMap((item) => itemLines(linesOf(item)));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return entries.length === 0 ? ['{}'] : entries.flatMap(([key, item]) => entryLines(key, item));
  }
  return typeof value === 'string' ? textLines(value) : [String(value)];
}

const indented = (lines: readonly string[]): string[] =>
  lines.map((line) => (line === '' ? '' : `  ${line}`));

const itemLines = ([first = '', ...rest]: readonly string[]): string[] => [`- ${first}`, ...indented(rest)];

function entryLines(key: string, value: FieldValue): string[] {
  const lines = linesOf(value);
  const [first = '', ...rest] = lines;
  const name = keyText(key);
  if (typeof value !== 'object' || value === null || first === '[]' || first === '{}')
    return [`${name}: ${first}`, ...indented(rest)];
  return [`${name}:`, ...(isList(value) ? lines : indented(lines))];
}

const keyText = (key: string): string =>
  /^[A-Za-z_][A-Za-z0-9_./-]*$/.test(key) && isTextUnquoted(key) ? key : quoted(key);

/** Several lines stand as they are, one below the other, wherever YAML gives them back unchanged. */
function textLines(text: string): readonly string[] {
  if (!text.includes('\n')) return [isPlain(text) ? text : quoted(text)];
  const ended = text.endsWith('\n');
  const lines = (ended ? text.slice(0, -1) : text).split('\n');
  const literal =
    lines.every(
      (line) => line === '' || /^[^\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]*[^\s\p{Cc}]/u.test(line),
    ) &&
    lines.every((line) => !/[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u.test(line)) &&
    /^[^\s]/.test(lines[0] ?? '') &&
    lines.at(-1) !== '';
  return literal ? [ended ? '|' : '|-', ...lines] : [quoted(text)];
}

const isPlain = (text: string): boolean =>
  /^[A-Za-z0-9_/][A-Za-z0-9_./@%+,=:()$ -]*$/.test(text) && !/: |[: ]$/.test(text) && isTextUnquoted(text);

/** JSON is YAML, but for a few characters that old readers take for line breaks or refuse. */
const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
