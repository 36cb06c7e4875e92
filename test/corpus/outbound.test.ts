import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { isIP } from 'node:net';
import { OutboundError } from '../../src/outbound/outbound-error.ts';
import { checkAddresses, hostOf, readTarget } from '../../src/outbound/read-target.ts';

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

test.each(items)('$name: $url', ({ url, to, networks = [], code }) => {
  const rules = { networks, plainHttp: networks.length > 0 };
  const judge = (): string | undefined => {
    try {
      const target = readTarget(url, rules);
      const host = hostOf(target);
      checkAddresses(target, isIP(host) ? [host] : (to ?? ['93.184.215.14']), rules);
      return undefined;
    } catch (error) {
      return error instanceof OutboundError ? error.code : String(error);
    }
  };
  expect(judge()).toBe(code);
});
