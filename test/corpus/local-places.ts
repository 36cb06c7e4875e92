import { chmodSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitLiteral, FileLiteral } from '../kit/fast-import.ts';
import { api, fleet, projectFile, serviceFile } from '../kit/fleet.ts';
import { git } from '../kit/git.ts';
import { type TestRepository, cloneRepository, makeRepository } from '../kit/repository.ts';

const gone = 'tenants/acme/production/api/gone.yaml';
const late = 'tenants/late/production/api/service.yaml';
const odd = (name: string) => `tenants/acme/production/odd/${name}`;
const submodule = (digit: string): FileLiteral => ({ submodule: digit.repeat(40) });

const bomb = (last: string): string => {
  const levels = Array.from({ length: 9 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at}, `.repeat(9)}]`);
  return `l0: &l0 [${last}]\n${levels.join('\n')}\n`;
};

/** A service whose files are all of a kind that field mode has to refuse, as they were (`1`) and as they are (`2`). */
const oddFiles = (n: '1' | '2'): Record<string, FileLiteral | null> => ({
  [odd('link')]: { link: `target-${n}` },
  [odd('module')]: submodule(n),
  [odd('large.yaml')]: `a: ${n}\nb: ${'x'.repeat(5 * 2 ** 20 - 20)}\n`,
  [odd('larger.yaml')]: `a: ${n}\nb: ${'x'.repeat(6 * 2 ** 20)}\n`,
  [odd('binary')]: Buffer.from([0, 1, 2, Number(n)]),
  [odd('bomb.yaml')]: bomb(n),
  [odd('deep.yaml')]: `a: ${'['.repeat(10_000)}${n}${']'.repeat(10_000)}\n`,
  [odd('merges.yaml')]: `e: &e {}\na:\n${'  <<: *e\n'.repeat(20_000)}  b: ${n}\n`,
  [odd('documents.yaml')]: `--- ${n}\n`.repeat(100_000),
  [odd('broken.yaml')]: `a: [${n}\n`,
  [odd('mode.yaml')]: n === '1' ? 'a: 1\n' : { executable: 'a: 1\n' },
  [odd('new.yaml')]: n === '1' ? null : 'a: 1\n',
  [odd('anchor.yaml')]: `a: &a ${n}\nb: *a\n`,
  [odd('one.yaml')]: `same: ${n}\n`,
  [odd('two.yaml')]: `same: ${n}\n`,
});

/** The fleet with a file that is gone today, a tenant that came late, and a service of odd files. */
const history: readonly CommitLiteral[] = [
  { ...fleet[0], files: { ...fleet[0]?.files, [gone]: 'a: 1\n' } },
  ...fleet.slice(1, 5),
  { ...fleet[5], tag: 'v3' },
  { files: { [gone]: null, [late]: serviceFile('v1', 1) }, message: 'Remove a file, add a tenant' },
  { files: { [api]: serviceFile('v9', 9) }, branch: 'side', from: 2 },
];
const withOdd: readonly CommitLiteral[] = [
  ...history.slice(0, 7),
  { files: oddFiles('1'), tag: 'odd' },
  { files: oddFiles('2') },
  ...history.slice(7),
];

function fleetPlace(): TestRepository {
  const repo = makeRepository(withOdd, { bare: false });
  repo.git('branch', 'old', 'v2');
  repo.git('tag', '-m', 'A tree', 'tree-tag', 'v1^{tree}');
  return repo;
}

/** Like the fleet, after something was done to it; the odd files are left out, for speed. */
const after =
  (act: (repo: TestRepository) => void, bare = false) =>
  (): TestRepository => {
    const repo = makeRepository(history, { bare });
    act(repo);
    return repo;
  };

const objectFile = (repo: TestRepository, revision: string): string => {
  const oid = repo.git('rev-parse', revision);
  const file = join(repo.gitDir, 'objects', oid.slice(0, 2), oid.slice(2));
  chmodSync(file, 0o644);
  return file;
};
const remove = (revision: string) => after((repo) => rmSync(objectFile(repo, revision)));
const flip = (revision: string) =>
  after((repo) => {
    const file = objectFile(repo, revision);
    const bytes = readFileSync(file);
    const middle = Math.floor(bytes.length / 2);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 0xff, middle);
    writeFileSync(file, bytes);
  });
const write = (path: string, content: string, bare = false) =>
  after((repo) => writeFileSync(join(repo.dir, path), content), bare);
const project = (file: FileLiteral | null) => (): TestRepository =>
  makeRepository([...history.slice(0, 7), { files: { 'knowngood.yaml': file } }], { bare: false });

function emptyPlace(...options: readonly string[]): TestRepository {
  const repo = makeRepository([], { bare: options.includes('--bare') });
  if (!options.includes('--object-format=sha256')) return repo;
  rmSync(repo.gitDir, { recursive: true });
  git(repo.dir, 'init', '-q', '--template=', '--initial-branch=main', ...options, '.');
  return repo;
}

function manyPlace(): TestRepository {
  const files = fleet[0]?.files ?? {};
  return makeRepository([{ files }, ...Array.from({ length: 1200 }, () => ({}))]);
}

/** Repositories that bad input is tried in, by the names that local.yaml uses. */
export const places: Readonly<Record<string, () => TestRepository>> = {
  fleet: fleetPlace,
  many: manyPlace,
  empty: () => emptyPlace(),
  emptyBare: () => emptyPlace('--bare'),
  sha256: () => emptyPlace('--object-format=sha256'),
  shallow: () => cloneRepository(makeRepository(history), '--depth=1'),
  noHead: after((repo) => rmSync(join(repo.gitDir, 'HEAD'))),
  noObjects: after((repo) => rmSync(join(repo.gitDir, 'objects'), { recursive: true })),
  oddHead: write('.git/HEAD', '\u001B[2Jnonsense\n'),
  emptyRef: after((repo) => truncateSync(join(repo.gitDir, 'refs/heads/main'))),
  brokenConfig: write('.git/config', '[core\nnonsense'),
  missingTree: remove('v1:tenants/acme/production'),
  missingBlob: remove(`v1:${api}`),
  missingGone: remove(`v1:${gone}`),
  missingCommit: remove('v1'),
  flippedTree: flip('v1:tenants/acme/production'),
  flippedBlob: flip(`v1:${api}`),
  emptyBlob: after((repo) => truncateSync(objectFile(repo, `v1:${api}`))),
  swappedBlob: after((repo) => {
    writeFileSync(objectFile(repo, `v1:${api}`), readFileSync(objectFile(repo, `v2:${api}`)));
  }),
  refLock: write('.git/refs/heads/main.lock', ''),
  refLockBare: write('refs/heads/main.lock', '', true),
  indexLock: write('.git/index.lock', ''),
  merging: after((repo) => writeFileSync(join(repo.gitDir, 'MERGE_HEAD'), `${repo.commits[7]}\n`)),
  dirty: write(api, 'mine'),
  untracked: write(gone, 'mine'),
  brokenIndex: write('.git/index', 'nonsense'),
  noProject: project(null),
  projectScalar: project('just a text\n'),
  projectBroken: project('a: [\n'),
  projectKey: project(`${projectFile}aproval: 2\n`),
  projectVersion: project(projectFile.replace('v1', 'v9')),
  projectLink: project({ link: '/etc/passwd' }),
  projectBomb: project(`${projectFile}keep: [*l9]\n${bomb('x')}`),
  projectLong: project(`${projectFile}# ${'x'.repeat(70_000)}\n`),
  projectDuplicate: project(`${projectFile}kind: Project\n`),
};

/** Facts of a place that the words of an item may name in braces. */
export function factsOf(repo: TestRepository): Readonly<Record<string, string>> {
  const of = (revision: string): string => {
    try {
      return repo.git('rev-parse', '--verify', '-q', revision);
    } catch {
      return ''; // the place is damaged there
    }
  };
  const [root = '', second = ''] = repo.commits;
  const shorts = Map.groupBy(repo.commits.length > 1000 ? repo.commits : [], (oid) => oid.slice(0, 4));
  return {
    dir: repo.dir,
    root,
    future: of('main'),
    side: of('side'),
    tree: of('v1^{tree}'),
    blob: of(`v1:${api}`),
    web: 'tenants/acme/production/web/service.yaml',
    sha39: second.slice(1),
    sha41: `${second}0`,
    ambiguous: [...shorts].find(([, commits]) => commits.length > 1)?.[0] ?? '',
    long: 'x'.repeat(300),
    veryLong: 'x'.repeat(5000),
  };
}
