import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { CommitLiteral } from './kit/fast-import.ts';
import { generatedIn, regenerated } from './kit/generated-tree.ts';
import { type TestRepository, makeRepository, readTree } from './kit/repository.ts';
import { runLocal } from './kit/run-local.ts';

type Files = Readonly<Record<string, string | null>>;

/** One item of test/cases: the repository before, what is asked, and the tree or the refusal that comes of it. */
interface Case {
  readonly name: string;
  /** What the target changes of the given repository, and the head of the target; null takes a file away. */
  readonly then?: Files | null;
  readonly now: Files;
  /** Generated files are left as the given repository has them: these sources cannot be generated. */
  readonly stale?: boolean;
  /** The words of the command; place and revision are added. */
  readonly ask: readonly string[];
  /**
   * Sources that become as they were at the target, and sources that become something else; all others stay. `TARGET`
   * in a text is the beginning of the target's id.
   */
  readonly restored?: readonly string[];
  readonly written?: Readonly<Record<string, string>>;
  /** The generated files that change. All of them must be what the sources of the result say. */
  readonly generated?: readonly string[];
  /** Texts that generated files hold. */
  readonly holds?: Readonly<Record<string, readonly string[]>>;
  /** Regular expressions: what the preview says of it, or the one line that refuses it. */
  readonly says?: string;
  readonly refusal?: string;
}

const folder = join(import.meta.dirname, 'cases');
const read = (file: string): unknown => parse(readFileSync(join(folder, file), 'utf8'));
const given = read('given.yaml') as Readonly<Record<string, string>>;
const cases = readdirSync(folder)
  .filter((file) => file !== 'given.yaml' && file !== 'adopted.yaml')
  .flatMap((file) => (read(file) as readonly Case[]).map((one) => ({ file, ...one })));

const without = (files: Readonly<Record<string, string>>, changes: Files): Record<string, string> => {
  const all = Object.entries({ ...files, ...changes });
  return Object.fromEntries(all.flatMap(([path, text]) => (text === null ? [] : [[path, text] as const])));
};

function commitOf(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): CommitLiteral {
  const changed = Object.entries(after).filter(([path, text]) => before[path] !== text);
  const gone = Object.keys(before).filter((path) => after[path] === undefined);
  return { files: Object.fromEntries([...changed, ...gone.map((path) => [path, null])]) };
}

/** Three commits: what is given, the target, the head. */
function historyOf({ then, now, stale = false }: Case): readonly CommitLiteral[] {
  const first = regenerated(given);
  const step = (before: Record<string, string>, changes: Files) =>
    stale ? without(before, changes) : regenerated(without(before, changes), before);
  const target = step(first, then ?? {});
  return [{ files: first }, commitOf(first, target), commitOf(target, step(target, now))];
}

const filesAt = (repo: TestRepository, revision: string): Record<string, string> =>
  Object.fromEntries(readTree(repo, revision));

/** Paths that differ, sorted. */
function changedIn(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => before[path] !== after[path]).toSorted();
}

function expectTree(repo: TestRepository, item: Case): void {
  const [, target = '', head = ''] = repo.commits;
  const [past, before, after] = [target, head, 'HEAD'].map((revision) => filesAt(repo, revision));
  if (!past || !before || !after) throw new Error('there are three states');
  const { restored = [], generated = [], holds = {} } = item;
  const written = Object.fromEntries(
    Object.entries(item.written ?? {}).map(([path, text]) => [
      path,
      text.replaceAll('TARGET', target.slice(0, 8)),
    ]),
  );
  const own = generatedIn(after);
  const sources = Object.fromEntries(Object.entries(after).filter(([path]) => !(path in own)));
  const changed = changedIn(before, after);
  const isMade = (path: string): boolean => /^(?:delivery|\.argocd)\//.test(path);
  expect(changed.filter((path) => !isMade(path))).toEqual([...restored, ...Object.keys(written)].toSorted());
  expect(changed.filter(isMade)).toEqual(generated.toSorted());
  const texts = [...restored.map((path) => [path, past[path]]), ...Object.entries(written)];
  expect(texts.map(([path = '']) => [path, after[path]])).toEqual(texts);
  expect(own).toEqual(generatedIn(regenerated(sources)));
  for (const [path, texts] of Object.entries(holds))
    for (const text of texts) expect(own[path]).toContain(text);
}

async function run(repo: TestRepository, { ask: [command = '', ...words] }: Case) {
  const [, target = '', head = ''] = repo.commits;
  const where = ['-t', 'acme', '-e', 'production'];
  const places: Readonly<Record<string, readonly string[]>> = { undo: [head], release: where };
  const place = places[command] ?? [...where, '--to', target];
  const all = [command, '--repo', repo.dir, ...place, ...words, '--yes', '-m', 'A case'];
  return { head, ...(await runLocal(all)) };
}

async function expectCommit(item: Case): Promise<void> {
  using repo = makeRepository(historyOf(item));
  const { code, stdout, stderr, head } = await run(repo, item);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(repo.git('rev-parse', 'HEAD^')).toBe(head);
  expect(stdout).toMatch(new RegExp(item.says ?? ''));
  expectTree(repo, item);
}

async function expectRefusal(item: Case): Promise<void> {
  using repo = makeRepository(historyOf(item));
  const { code, stderr, head } = await run(repo, item);
  expect({ code, stderr }).toEqual({
    code: expect.any(Number),
    stderr: expect.stringMatching(item.refusal ?? ''),
  });
  expect(code).not.toBe(0);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(repo.git('rev-parse', 'HEAD')).toBe(head);
}

test.each(cases.filter(({ refusal }) => refusal === undefined))('$file: $name', expectCommit);
test.each(cases.filter(({ refusal }) => refusal !== undefined))('$file: $name is refused', expectRefusal);

test('there are as many cases as were asked for, and no two of one name', () => {
  expect(cases.length).toBeGreaterThanOrEqual(80);
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});
