import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { OutboundError } from '../../src/outbound/outbound-error.ts';
import { dialTarget, readTarget } from '../../src/outbound/read-target.ts';

interface Item {
  readonly name: string;
  readonly url: string;
  readonly to?: readonly string[];
  readonly networks?: readonly string[];
  readonly code?: string;
}

const items = parse(readFileSync(join(import.meta.dirname, 'outbound.yaml'), 'utf8')) as readonly Item[];

test('there are as many addresses as we say', () => {
  expect(items.length).toBeGreaterThanOrEqual(75);
});

test.each(items)('$name: $url', async ({ url, to = ['93.184.215.14'], networks = [], code }) => {
  const rules = { networks, plainHttp: networks.length > 0, resolve: () => Promise.resolve(to) };
  const judge = async (): Promise<string | undefined> => {
    try {
      await dialTarget(readTarget(url, rules), rules);
      return undefined;
    } catch (error) {
      return error instanceof OutboundError ? error.code : String(error);
    }
  };
  expect(await judge()).toBe(code);
});
