import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attempt } from './attempt.ts';
import { newAttempt, pidOf, stillLives } from './attempt.ts';
import { GitError } from './git-error.ts';
import type { Repository } from './repository.ts';
import { asUnwritable } from './unwritable.ts';

/** The right to change one working tree; at most one process has it. */
export interface Turn extends AsyncDisposable {
  readonly attempt: Attempt;
  /** Our own folder inside the Git folder of this worktree. */
  readonly folder: string;
}

/** Where we keep what a crash must not lose. In a linked worktree it is that worktree's own. */
export const ownFolder = (repository: Repository): string => join(repository.gitDir, 'knowngood');

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/**
 * Waits until nobody else of us works on this worktree. Each contender puts up a name of its own and then looks
 * for others: whoever sees a living one steps back. No name is used twice, so that one left by a crash can be
 * removed without ever hitting somebody else's. Throws `run_in_progress` after `patience` milliseconds.
 */
export async function takeTurn(repository: Repository, patience = 10_000): Promise<Turn> {
  const folder = ownFolder(repository);
  const attempt = newAttempt();
  const sign = join(folder, `run-${attempt}`);
  const deadline = Date.now() + patience;
  for (;;) {
    await putUp(repository, sign);
    const other = (await livingAttempts(folder)).find((name) => name !== attempt);
    if (other === undefined)
      return { attempt, folder, [Symbol.asyncDispose]: () => removeAll(folder, attempt) };
    await rm(sign, { force: true });
    if (Date.now() > deadline)
      throw new GitError('run_in_progress', { path: repository.path, pid: pidOf(other) });
    await pause(20 + Math.random() * 80);
  }
}

/** Removes the files of an attempt, its sign last. */
async function removeAll(folder: string, attempt: Attempt): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.includes(attempt));
  for (const name of names.filter((name) => !name.startsWith('run-')))
    await rm(join(folder, name), { force: true });
  await rm(join(folder, `run-${attempt}`), { force: true });
}

async function putUp(repository: Repository, sign: string): Promise<void> {
  try {
    await mkdir(ownFolder(repository), { recursive: true });
    await (await open(sign, 'wx')).close();
  } catch (error) {
    throw asUnwritable(repository, error);
  }
}

async function livingAttempts(folder: string): Promise<readonly Attempt[]> {
  const living: Attempt[] = [];
  for (const name of await readdir(folder)) {
    if (!name.startsWith('run-')) continue;
    const age = await ageOf(join(folder, name));
    if (age !== undefined && stillLives(name.slice(4), age)) living.push(name.slice(4));
  }
  return living;
}

/** Milliseconds since the file was written; undefined when it is gone. */
export async function ageOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && Date.now() - found.mtimeMs;
}
