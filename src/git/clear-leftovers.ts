import { readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attempt } from './attempt.ts';
import { pidOf, stillLives } from './attempt.ts';
import { writeSynced } from './durable-file.ts';
import { GitError } from './git-error.ts';
import type { Repository } from './repository.ts';
import type { Turn } from './take-turn.ts';
import { ageOf, pause } from './take-turn.ts';

const longest = { known: 60_000, unknown: 5_000 };

/**
 * Removes what attempts that died have left in our folder. A git that such an attempt started may still be writing
 * files: it is waited for, and one that has not opened its index yet finds nonsense there and gives up. Throws
 * `run_in_progress` when it does not end.
 */
export async function clearLeftovers(repository: Repository, turn: Turn): Promise<void> {
  const names = await readdir(turn.folder);
  const dead = new Set<Attempt>();
  for (const name of names) {
    const attempt = /^(?:run|index|git|lock|probe|tree)-(.*?)(?:\.lock)?$/.exec(name)?.[1];
    if (attempt === undefined || attempt === turn.attempt) continue;
    // Contenders that still live have nothing here but their sign.
    const waiting =
      name.startsWith('run-') && stillLives(attempt, (await ageOf(join(turn.folder, name))) ?? 0);
    if (!waiting) dead.add(attempt);
  }
  for (const attempt of dead) {
    const kept = (await mayStillStart(repository, turn, attempt))
      ? [`index-${attempt}`, `git-${attempt}`]
      : [];
    for (const name of await readdir(turn.folder))
      if (name.includes(attempt) && !kept.includes(name)) await rm(join(turn.folder, name), { force: true });
  }
}

/** Waits for the git of a dead attempt. True when one may have been started and could not be found yet. */
async function mayStillStart(repository: Repository, turn: Turn, attempt: Attempt): Promise<boolean> {
  const record = join(turn.folder, `git-${attempt}`);
  const index = join(turn.folder, `index-${attempt}`);
  const age = await ageOf(record);
  if (age === undefined) return false;
  const nonsense = join(turn.folder, `probe-${turn.attempt}`);
  await writeSynced(nonsense, 'not an index');
  await rename(nonsense, index);
  const mark = await readFile(record, 'utf8').catch(() => '');
  const started = Date.now();
  for (;;) {
    // Git holds this lock from before it reads the index until after the last file.
    const working = (await ageOf(`${index}.lock`)) !== undefined;
    const waited = Date.now() - started;
    if (mark === '' && !working) return age < longest.known;
    if (mark !== '' && !stillLives(mark, age + waited)) return false;
    if (mark === '' && waited > longest.unknown) return false;
    if (waited > longest.known)
      throw new GitError('run_in_progress', { path: repository.path, pid: pidOf(mark) });
    await pause(25);
  }
}
