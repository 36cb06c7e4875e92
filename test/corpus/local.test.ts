import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { factsOf, places } from './local-places.ts';
import type { TestRepository } from '../kit/repository.ts';
import { runLocal } from '../kit/run-local.ts';

/** One item of test/corpus/local.yaml, which says what each key means. */
interface Item {
  readonly run: readonly (string | number)[];
  readonly exit: number | string;
  readonly error: string;
  readonly in?: string;
  readonly plain?: boolean;
  readonly json?: string;
  /** The preview stands before the error. */
  readonly text?: boolean;
}

const corpus = parse(readFileSync(join(import.meta.dirname, 'local.yaml'), 'utf8')) as readonly Item[];

const ready = new Map<string, TestRepository>();
afterAll(() => ready.forEach((repo) => repo[Symbol.dispose]()));

/** A place is made once: nothing that is tried there may change it. */
function placeOf({ in: name = 'fleet' }: Item): TestRepository {
  const make = places[name];
  if (!make) throw new Error(`no place is called ${name}`);
  const repo = ready.get(name) ?? make();
  ready.set(name, repo);
  return repo;
}

/** Every file and link below a folder with its mode and content, Git's own included but its objects. */
function snapshot(folder: string, below = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = join(below, entry.name);
    const full = join(folder, path);
    // What is ours alone, what a fetch leaves, and objects that nothing refers to: gc sweeps them up.
    if (/(^|\.git\/)(knowngood|objects|FETCH_HEAD)$/.test(path)) continue;
    if (entry.isDirectory()) for (const [key, value] of snapshot(folder, path)) found.set(key, value);
    else if (entry.isSymbolicLink()) found.set(path, readlinkSync(full));
    else found.set(path, fileState(full));
  }
  return found;
}

function fileState(path: string): string {
  const { mode, size, mtimeMs } = lstatSync(path);
  const content = size > 100_000 ? mtimeMs : createHash('sha1').update(readFileSync(path)).digest('hex');
  return `${mode} ${size} ${content}`;
}

function wordsOf({ run, plain = false }: Item, facts: Readonly<Record<string, string>>): string[] {
  const typed = run.map((word) =>
    String(word).replaceAll(/\{(\w+)\}/g, (all, name: string) => facts[name] ?? all),
  );
  const [command = '', ...rest] = typed;
  const committing = command === 'rollback' || command === 'undo';
  if (plain || !['rollback', 'undo', 'history', 'diff', 'fields'].includes(command)) return typed;
  const scope = ['--repo', facts['dir'] ?? '', '-t', 'acme', '-e', 'production'];
  return [command, ...scope, ...(committing ? ['--yes'] : []), ...rest];
}

/** Anything that would act on a terminal, a line break at the very end apart. */
const acting = /[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

test('the corpus has more than a hundred items, and every place is used', () => {
  expect(corpus.length).toBeGreaterThan(100);
  expect(Object.keys(places).filter((name) => !corpus.some((item) => (item.in ?? 'fleet') === name))).toEqual(
    [],
  );
});

/** The code that the same words tell with `-o json`, and whether they exit alike. */
async function toldCode(words: readonly string[], code: number): Promise<string> {
  const told = await runLocal([...words, '-o', 'json']);
  const { error } = JSON.parse(told.stderr) as { error: { code: string } };
  return told.code === code ? error.code : `${error.code}, but exit ${told.code}`;
}

const matching = (pattern: RegExp): string => expect.stringMatching(pattern) as string;

test.each(corpus.map((item) => [`${item.in ?? 'fleet'}: ${JSON.stringify(item.run)}`, item] as const))(
  '%s',
  async (_, item) => {
    const repo = placeOf(item);
    const words = wordsOf(item, factsOf(repo));
    const before = snapshot(repo.dir);
    const started = Date.now();
    const { code, stdout, stderr } = await runLocal(words);
    const seconds = (Date.now() - started) / 1000;
    const json = item.json === undefined ? undefined : await toldCode(words, code);
    expect({ stderr, code: String(code), json }).toEqual({
      stderr: matching(new RegExp(item.error, 'm')),
      code: matching(new RegExp(`^${item.exit}$`)),
      json: item.json,
    });
    expect(stderr).toMatch(/^knowngood: [^\n]+\n$/);
    expect(stderr).not.toMatch(/this is a bug/);
    expect(stdout + stderr).not.toMatch(acting);
    // A person sees the preview of fields that are refused, and nothing else.
    expect(stdout === '' || item.text === true).toBe(true);
    expect(snapshot(repo.dir)).toEqual(before);
    expect(seconds).toBeLessThan(15);
  },
);
