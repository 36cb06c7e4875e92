import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { printable } from '../../src/cli/printable.ts';
import { auditCsvLine } from '../../src/domain/audit/audit-csv.ts';
import { codeBlock, codeCell, codeSpan } from '../../src/domain/evidence/markdown-code.ts';
import { commitMessage, foldLine } from '../../src/domain/plan/commit-message.ts';
import type { Plan } from '../../src/domain/plan/plan.ts';
import { gitEnvironment } from '../kit/git.ts';

interface Item {
  readonly name: string;
  readonly text: string;
}

/** `{x*N}` written out. */
const written = (text: string): string =>
  text.replaceAll(/\{(.+?)\*(\d+)\}/gu, (_, part: string, times: string) => part.repeat(Number(times)));

const items = (parse(readFileSync(join(import.meta.dirname, 'text.yaml'), 'utf8')) as readonly Item[]).map(
  ({ name, text }): readonly [string, string] => [name, written(text)],
);

/** What moves a cursor, starts a line, reorders or hides. */
const acting = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200e\u200f]/u;

const digest = `sha256:${'0'.repeat(64)}`;
const plan: Plan = {
  kind: 'rollback',
  mode: 'full',
  tenant: 'acme',
  environment: 'production',
  service: undefined,
  base: 'b',
  target: 'abc12345'.padEnd(40, '0'),
  edits: [],
  sources: [],
  services: [],
  shared: [],
  kept: [],
  hazards: [],
  refused: [],
  conflicts: [],
  impact: { services: 0, bindings: 0, variables: 0, fields: 0, files: 0 },
};

/** The trailers that stock git reads in a message. */
const trailersOf = (message: string): readonly string[] =>
  execFileSync('git', ['interpret-trailers', '--parse'], {
    input: message,
    env: { ...process.env, ...gitEnvironment },
  })
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':')[0] ?? '');

test('there are at least sixty texts, no two alike', () => {
  expect(items.length).toBeGreaterThanOrEqual(60);
  expect(new Set(items.map(([, text]) => text)).size).toBe(items.length);
});

const messageOf = (text: string): string =>
  commitMessage(plan, {
    justification: text,
    author: text,
    approval: { kind: 'approved', by: [text], quorum: 1 },
    requestId: 'rbk-1',
    digest,
  });
const harmless = messageOf('x');
const harmlessTrailers = trailersOf(harmless);

test.each(items)('in a commit message, %s is one line and forges nothing', (_, text) => {
  const message = messageOf(text);
  const heads = (of: string) => of.split('\n').map((line) => line.replace(/^([\w -]+:).*$/s, '$1'));
  expect(heads(message)).toEqual(heads(harmless));
  expect(message.replaceAll('\n', '')).not.toMatch(acting);
  expect(message.isWellFormed()).toBe(true);
  expect(trailersOf(message)).toEqual(harmlessTrailers);
  // Said twice, it is said the same way.
  expect(foldLine(foldLine(text))).toBe(foldLine(text));
});

test.each(items)('on a terminal, %s is one line that does not act', (_, text) => {
  expect(printable(text)).not.toMatch(acting);
  expect(printable(text).isWellFormed()).toBe(true);
});

test.each(items)('in a table for spreadsheets, %s is one cell and no formula', (_, text) => {
  const actor = {
    personId: 'p',
    accountId: 'p',
    name: text,
    email: undefined,
    credential: { kind: 'session', id: 's' },
  } as const;
  const entry = {
    seq: 1,
    at: 0,
    action: 'request.noted',
    object: { type: 'request', id: 'rbk-1' },
    actor,
    projectId: undefined,
    requestId: undefined,
    flags: [],
    details: { text },
  } as const;
  const cells = csvCells(auditCsvLine({ entry, prev: 'p', hash: 'h' }));
  expect(cells).toHaveLength(14);
  expect(cells[5]?.replace(/^'/, '')).toBe(text);
  expect(cells[5]).not.toMatch(/^[=+\-@\t\r]/);
  expect(JSON.parse(cells[11] ?? '')).toEqual({ text });
});

test.each(items)('in the evidence page, %s is code that ends where it should', (_, text) => {
  const span = codeSpan(text);
  const [, ticks = ''] = /^(`*)/.exec(span) ?? [];
  expect(span).not.toMatch(acting);
  expect(span === '–' || span.endsWith(ticks)).toBe(true);
  expect(span.slice(ticks.length, span.length - ticks.length)).not.toMatch(
    new RegExp(`(?<!\`)${ticks || '~~'}(?!\`)`),
  );
  expect(codeCell(text)).not.toContain('|');
  const lines = codeBlock(text).split('\n');
  const fence = /^`{3,}/.exec(lines[0] ?? '')?.[0] ?? '~';
  expect(lines.at(-1)).toBe(fence);
  expect(lines.slice(1, -1).filter((line) => line.trim().startsWith(fence))).toEqual([]);
});

/** One record of RFC 4180 as its cells; throws when it is more than one. */
function csvCells(line: string): readonly string[] {
  const cells: string[] = [];
  let rest = line.replace(/\r\n$/, '');
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"(,|$)/.exec(rest);
    const plain = /^([^",\r\n]*)(,|$)/.exec(rest);
    const found = quoted ?? plain;
    if (!found) throw new Error(`this is no single record: ${rest.slice(0, 40)}`);
    cells.push(quoted ? (found[1] ?? '').replaceAll('""', '"') : (found[1] ?? ''));
    rest = rest.slice(found[0].length);
    if (found[2] === '') return cells;
  }
}
