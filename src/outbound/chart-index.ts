import { shortLines } from './short-lines.ts';

/** Reads the `index.yaml` of a chart repository as it comes, and keeps none of it. */
export interface ChartIndex {
  /** False once the answer is known, or will never be. */
  readonly take: (piece: Buffer) => boolean;
  /** Whether the version is there; undefined where this is no index that can be read line by line. */
  readonly answer: (whole: boolean) => boolean | undefined;
}

/** An index of 10 MiB is a large one. */
const mostBytes = 64 * 1024 ** 2;
/** Characters; keys and versions are short, and descriptions are not looked into. */
const longestLine = 8 * 1024;

/** Helm takes 1.2.3, v1.2.3 and 1.2.3+build for one version. */
const plain = (version: string): string =>
  (version.startsWith('v') ? version.slice(1) : version).split('+', 1)[0] ?? '';

// No regular expressions that look for the end of a line: what comes is not ours, and they would try every beginning.

/** The text before a comment. */
function uncommented(text: string): string {
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1))
    if (at === 0 || /\s/.test(text.charAt(at - 1))) return text.slice(0, at).trimEnd();
  return text;
}

function unquoted(text: string): string {
  const bare = uncommented(text);
  const quote = bare.charAt(0);
  const isQuoted = bare.length > 1 && (quote === '"' || quote === "'") && bare.endsWith(quote);
  return isQuoted ? bare.slice(1, -1) : bare;
}

/** A line such as `key: value`. */
function fieldOf(text: string): { readonly key: string; readonly value: string } | undefined {
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1))
    if (/^\s?$/.test(text.charAt(at + 1)))
      return { key: unquoted(text.slice(0, at).trim()), value: uncommented(text.slice(at + 1).trim()) };
  return undefined;
}

type Finding = 'there' | 'missing' | 'unreadable';

/** How far we are: the indents are those of the keys under `entries` and of the versions of our chart, -1 unseen. */
interface Reading {
  readonly name: string;
  readonly version: string;
  inEntries: boolean;
  keys: number;
  inChart: boolean;
  versions: number;
  /** Versions of our chart that could be read. */
  counted: number;
  found: Finding | undefined;
}

/**
 * Looks for one version of one chart in an index as Helm writes it: a key per line. A whole YAML document of megabytes
 * would take seconds to parse, and a hundred times its memory.
 */
export function chartIndex(name: string, version: string): ChartIndex {
  const blank = { inEntries: false, keys: -1, inChart: false, versions: -1, counted: 0, found: undefined };
  const reading: Reading = { name, version: plain(version), ...blank };
  const decoder = new TextDecoder();
  const lines = shortLines(longestLine, (line, isCut) => {
    readLine(reading, line);
    // Before its charts an index has nothing long: this is a page, or JSON.
    if (isCut && !reading.inEntries) reading.found ??= 'unreadable';
  });
  let bytes = 0;
  return {
    take: (piece) => {
      bytes += piece.length;
      lines.take(decoder.decode(piece, { stream: true }));
      if (bytes > mostBytes) reading.found ??= 'unreadable';
      return reading.found === undefined;
    },
    answer: (whole) => {
      if (whole) lines.end();
      if (whole && reading.inEntries) reading.found ??= endOf(reading);
      const { found } = reading;
      return found === undefined || found === 'unreadable' ? undefined : found === 'there';
    },
  };
}

/** A chart without one version that we could read is one that we cannot read. */
const endOf = ({ inChart, counted }: Reading): Finding =>
  inChart && counted === 0 ? 'unreadable' : 'missing';

function readLine(reading: Reading, line: string): void {
  const text = line.trim();
  if (reading.found !== undefined || text === '' || text.startsWith('#') || text === '---') return;
  const indent = line.length - line.trimStart().length;
  const isItem = text.startsWith('- ');
  if (indent === 0 && !isItem) readTop(reading, text);
  else if (reading.inEntries) {
    if (reading.keys < 0) reading.keys = indent;
    if (indent === reading.keys && !isItem) readKey(reading, text);
    else if (reading.inChart) readInChart(reading, text, indent);
  }
}

/** A key of the index itself: ours is `entries`, and the next one ends it. */
function readTop(reading: Reading, text: string): void {
  if (reading.inEntries) {
    reading.found = endOf(reading);
    return;
  }
  const { key, value = '' } = fieldOf(text) ?? {};
  if (key !== 'entries') return;
  reading.inEntries = true;
  if (value !== '') reading.found = value.replaceAll(/\s/g, '') === '{}' ? 'missing' : 'unreadable';
}

/** The name of a chart. */
function readKey(reading: Reading, text: string): void {
  if (reading.inChart) {
    reading.found = endOf(reading);
    return;
  }
  const { key, value = '' } = fieldOf(text) ?? {};
  reading.inChart = key === reading.name;
  if (reading.inChart && value !== '') reading.found = value === '[]' ? 'missing' : 'unreadable';
}

/** Charts that a chart builds on, and texts, stand deeper than the version itself. */
function readInChart(reading: Reading, text: string, indent: number): void {
  const isItem = text.startsWith('- ');
  if (reading.versions < 0 && isItem) reading.versions = indent;
  const { versions } = reading;
  const isField = versions >= 0 && indent === (isItem ? versions : versions + 2);
  if (!isField) return;
  const { key, value = '' } = fieldOf(isItem ? text.slice(2) : text) ?? {};
  if (key !== 'version') return;
  reading.counted += 1;
  if (plain(unquoted(value)) === reading.version) reading.found = 'there';
}
