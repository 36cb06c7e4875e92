import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { whyLinkRefused, whyPathRefused } from '../../src/domain/push/tree-policy.ts';

interface Item {
  readonly path: string;
  readonly to?: string;
  readonly refused?: string;
}

const items = parse(readFileSync(join(import.meta.dirname, 'paths.yaml'), 'utf8')) as readonly Item[];

const written = (text: string): string =>
  text.replaceAll(/\{(.+?)\*(\d+)\}/g, (_, part: string, times: string) => part.repeat(Number(times)));

test('there are at least sixty paths and links', () => {
  expect(items.length).toBeGreaterThanOrEqual(60);
});

test.each(items.map((item) => [JSON.stringify(item), item] as const))('%s', (_, { path, to, refused }) => {
  const judged = to === undefined ? whyPathRefused(written(path)) : whyLinkRefused(path, to);
  expect(judged).toBe(refused);
});
