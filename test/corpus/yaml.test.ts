import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { changedFields } from '../../src/tree/fields/changes.ts';
import { spliceFields } from '../../src/tree/fields/splice.ts';

interface Item {
  readonly name: string;
  readonly current: string;
  readonly target: string;
  readonly choose: string;
  readonly gives?: string;
  readonly refuses?: string;
}

const items = parse(readFileSync(join(import.meta.dirname, 'yaml.yaml'), 'utf8')) as readonly Item[];

function bomb(last: string): string {
  const levels = Array.from({ length: 9 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at}, `.repeat(9)}]`);
  return `l0: &l0 [${last}]\n${levels.join('\n')}\nz: ${last}\n`;
}

/** A text of the file, written out. */
const written = (text: string): string =>
  text
    .replaceAll(/\{bomb:(.)\}/g, (_, last: string) => bomb(last))
    .replaceAll(/\{([^{}]+?)\*(\d+)\}/gs, (_, part: string, times: string) => part.repeat(Number(times)));

test('there are at least eighty texts', () => {
  expect(items.length).toBeGreaterThanOrEqual(80);
});

test.each(items)('$name', ({ current, target, choose, gives, refuses }) => {
  const texts = [written(current), written(target)] as const;
  const result = spliceFields(...texts, [choose]);
  const told = result.kind === 'text' ? result.text : result.refusals[0]?.reason;
  expect({ kind: result.kind, told }).toEqual({
    kind: gives === undefined ? 'refused' : 'text',
    told: gives === undefined ? refuses : written(gives),
  });
  // Looking is never more than doing: what differs is told, or why it cannot be, and nothing is thrown.
  expect(['fields', 'opaque']).toContain(changedFields(...texts).kind);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
