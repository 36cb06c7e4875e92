import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteFile } from '../../src/store/sqlite-file.ts';

/** What this machine can do at most, each one after the other and on the disk, as often in a second. */
export interface Limits {
  readonly transactions: number;
  readonly commits: number;
}

const perSecond = (times: number, run: () => void): number => {
  const started = performance.now();
  for (let time = 0; time < times; time += 1) run();
  return (times * 1000) / (performance.now() - started);
};

/** One row for each transaction, with the settings of the store. */
function transactionsPerSecond(folder: string): number {
  const { database, close } = openSqliteFile(join(folder, 'limit.db'));
  database.exec('create table t (a integer primary key, b text)');
  const insert = database.prepare('insert into t (b) values (?)');
  const rate = perSecond(1000, () => insert.run('x'.repeat(400)));
  close();
  return rate;
}

/** Stock git: a commit of a tree that is there, and the move of a branch to it, all synced. */
function commitsPerSecond(folder: string): number {
  const dir = join(folder, 'limit.git');
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', dir, '-c', 'core.fsync=all', '-c', 'core.fsyncMethod=fsync', ...args], {
      encoding: 'utf8',
      input: '',
      env: { ...process.env, ...identity },
    }).trim();
  execFileSync('git', ['init', '-q', '--bare', dir]);
  const tree = git('mktree');
  let tip = git('commit-tree', '-m', 'first', tree);
  const rate = perSecond(100, () => {
    const next = git('commit-tree', '-m', 'next', '-p', tip, tree);
    git('update-ref', 'refs/heads/main', next);
    tip = next;
  });
  rmSync(dir, { recursive: true });
  return rate;
}

const person = { NAME: 'Bench', EMAIL: 'bench@example.com' };
const identity = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((role) =>
    Object.entries(person).map(([key, value]) => [`GIT_${role}_${key}`, value]),
  ),
);

export const machineLimits = (folder: string): Limits => ({
  transactions: transactionsPerSecond(folder),
  commits: commitsPerSecond(folder),
});
