import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type TestHub, type TestProject, makeHub, person, projectWith } from '../kit/hub.ts';
import { temporaryFolder } from '../kit/repository.ts';
import { type ServedHub, client, serveHub } from '../kit/serve-hub.ts';

/** One item of git-wire.yaml, which says what each key means. */
interface Item {
  readonly name: string;
  readonly to: 'receive' | 'upload';
  readonly body: string;
  readonly v2?: boolean;
  readonly gzip?: boolean;
  readonly type?: string;
  readonly status: number;
  readonly says?: string;
}

const items = parse(readFileSync(join(import.meta.dirname, 'git-wire.yaml'), 'utf8')) as readonly Item[];

let hub: TestHub;
let served: ServedHub;
let shop: TestProject;
let authorization: string;

beforeAll(async () => {
  hub = await makeHub();
  served = await serveHub(hub);
  shop = await projectWith(hub, [{ files: { 'README.md': 'x\n' } }]);
  const jane = await person(hub, 'jane');
  authorization = `Basic ${Buffer.from(`jane:${jane.id}`).toString('base64')}`;
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
  await hub.close();
});

const latin = (bytes: Buffer): string => bytes.toString('latin1');

/** A body written out, a byte for each character; what is innermost first. */
function written(body: string, facts: Readonly<Record<string, string>>): string {
  const steps: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
    [/\{(head|zero|none|blob|tree)\}/g, (_, name = '') => facts[name] ?? ''],
    [/\{flush\}/g, () => '0000'],
    [/\{delim\}/g, () => '0001'],
    [/\{([0-9a-f]{2})\*(\d+)\}/g, (_, part = '', times) => part.repeat(Number(times))],
    [/\{pkt ([^{}]*)\}/g, (_, text = '') => `${(text.length + 4).toString(16).padStart(4, '0')}${text}`],
    [/\{([^{}]+)\*(\d+)\}/g, (_, part = '', times) => part.repeat(Number(times))],
    [/\{hex ([0-9a-f]*)\}/g, (_, hex = '') => latin(Buffer.from(hex, 'hex'))],
    [/\{sum ([0-9a-f]*)\}/g, (_, hex = '') => withSum(Buffer.from(hex, 'hex'))],
  ];
  return steps.reduce((text, [pattern, by]) => text.replaceAll(pattern, by), body);
}

const withSum = (pack: Buffer): string =>
  latin(Buffer.concat([pack, createHash('sha1').update(pack).digest()]));

function factsOf({ git }: TestProject): Readonly<Record<string, string>> {
  return {
    head: git('rev-parse', 'main'),
    tree: git('rev-parse', 'main^{tree}'),
    blob: git('rev-parse', 'main:README.md'),
    zero: '0'.repeat(40),
    none: 'abcdef0123'.repeat(4),
  };
}

test('there are at least fifty messages', () => {
  expect(items.length).toBeGreaterThanOrEqual(50);
});

test.each(items)('$to: $name', async ({ to, body, v2, gzip, type, status, says = '' }) => {
  const service = `git-${to}-pack`;
  const before = shop.git('show-ref');
  const answer = await fetch(`${served.origin}/git/shop/${service}`, {
    method: 'POST',
    headers: {
      authorization,
      'content-type': type ?? `application/x-${service}-request`,
      ...(v2 ? { 'git-protocol': 'version=2' } : {}),
      ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    },
    body: new Uint8Array(Buffer.from(written(body, factsOf(shop)), 'latin1')),
  });
  // An answer that breaks off is one, too: git says nothing to what it cannot read.
  const text = await answer.text().catch(() => '');
  expect({ status: answer.status, text }).toEqual({ status, text: expect.stringContaining(says) as string });
  expect(shop.git('show-ref')).toBe(before);
  const objects = readdirSync(join(hub.repositories.pathOf(shop.project.id), 'objects'));
  expect(objects.filter((name) => name.includes('incoming') || name.startsWith('tmp_'))).toEqual([]);
});

test('after all of them the repository is whole, and stock git is served', async () => {
  expect(shop.git('fsck', '--strict', '--no-dangling', '--no-progress')).toBe('');
  const dir = temporaryFolder('clone');
  await client(
    dir,
    '-c',
    `http.extraHeader=Authorization: ${authorization}`,
    'clone',
    '-q',
    `${served.origin}/git/shop`,
    '.',
  );
  expect(readFileSync(join(dir, 'README.md'), 'utf8')).toBe('x\n');
  expect(served.errors).toEqual([]);
});
