import { afterAll, expect, test } from 'vitest';
import { projectFile } from './kit/fleet.ts';
import { makeRepository } from './kit/repository.ts';
import { runCli } from './kit/run-cli.ts';

// The worst files that the field engine takes on, and some that it must not: each as it was (`1`) and as it is (`2`).

const levels = (width: number, n: string): string =>
  [
    `l0: &l0 [${n}]`,
    ...Array.from({ length: 9 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at}, `.repeat(width)}]`),
  ].join('\n');

const files = (n: '1' | '2'): Record<string, string> => ({
  'alias-bomb.yaml': `${levels(9, n)}\n`,
  'deep.yaml': `a: ${'['.repeat(400_000)}${n}${']'.repeat(400_000)}\n`,
  'merges.yaml': `e: &e {}\na:\n${'  <<: *e\n'.repeat(100_000)}  b: ${n}\n`,
  'documents.yaml': `--- ${n}\n`.repeat(130_000),
  'keys.yaml': `${Array.from({ length: 80_000 }, (_, at) => `k${at}: ${n}`).join('\n')}\n`,
  'flow.yaml': `a: [${'{a: 1},'.repeat(120_000)}${n}]\n`,
  'scalar.yaml': `a: ${n}\nb: ${'x'.repeat(1_000_000)}\n`,
  'megabytes.yaml': `a: ${n}\nb: ${'x'.repeat(5 * 2 ** 20 - 20)}\n`,
  'bomb.json': `{"a": ${n}, "b": ${'['.repeat(300_000)}${']'.repeat(300_000)}}\n`,
});

const at = (n: '1' | '2'): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files(n)).map(([name, text]) => [`tenants/acme/production/odd/${name}`, text]),
  );
const repo = makeRepository([
  { files: { 'knowngood.yaml': projectFile, ...at('1') }, tag: 'before' },
  { files: at('2') },
]);
afterAll(() => repo[Symbol.dispose]());

const odd = ['--repo', repo.dir, '-t', 'acme', '-e', 'production', '-s', 'odd'];
// A program that needs more than this of JavaScript's memory is aborted by Node and does not exit with a code.
const env = { NODE_OPTIONS: '--max-old-space-size=96' };

test('fields of hostile files are listed, or refused, within 96 MiB', async () => {
  const listed = await runCli(['diff', ...odd, '--to', 'before', '-o', 'json'], { env });
  expect({ code: listed.code, signal: listed.signal, stderr: listed.stderr }).toEqual({
    code: 1,
    signal: undefined,
    stderr: '',
  });
  const plan = await runCli(['rollback', ...odd, '--to', 'before', '--dry-run', '-o', 'json'], { env });
  expect(plan.code).toBe(0);
  const { services } = JSON.parse(plan.stdout) as { readonly services: readonly { files: unknown[] }[] };
  expect(services[0]?.files).toHaveLength(Object.keys(files('1')).length);
});

test('a long value is chosen within 96 MiB', async () => {
  const { code, stderr } = await chooseIn('scalar.yaml');
  expect({ code, stderr }).toMatchObject({ code: 0 });
});

const refused = Object.keys(files('1')).filter((name) => name !== 'scalar.yaml');
test.each(refused)('%s is refused in one line within 96 MiB', async (name) => {
  const { code, signal, stderr } = await chooseIn(name);
  expect({ code, signal }).toEqual({ code: 2, signal: undefined });
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(name)]);
});

const chooseIn = (name: string) =>
  runCli(['rollback', ...odd, '--to', 'before', '-f', `${name}#/a`, '--dry-run', '--yes'], { env });
