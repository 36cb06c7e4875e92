import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '../tree/object.ts';
import { failPoint } from '../std/fail-point.ts';
import type { Attempt } from './attempt.ts';
import { replaceFile } from './durable-file.ts';
import { syncFolder } from './sync-folder.ts';
import { GitError } from './git-error.ts';
import type { Repository } from './repository.ts';
import { ownFolder } from './take-turn.ts';

/** The intention to move a checked-out branch. It is on disk before the branch moves and until the files have followed. */
export interface WorktreeMove {
  readonly ref: string;
  readonly before: Oid;
  readonly after: Oid;
}

const journalPath = (repository: Repository): string => join(ownFolder(repository), 'journal.json');

/** Returns once the journal would outlive a power cut. */
export async function writeJournal(
  repository: Repository,
  attempt: Attempt,
  { ref, before, after }: WorktreeMove,
): Promise<void> {
  await replaceFile(
    journalPath(repository),
    `${JSON.stringify({ version: 1, attempt, ref, before, after })}\n`,
  );
  await syncFolder(repository.gitDir);
  await failPoint('git.journal.written');
}

export async function removeJournal(repository: Repository): Promise<void> {
  await rm(journalPath(repository), { force: true });
  await syncFolder(ownFolder(repository));
  await failPoint('git.journal.removed');
}

/** The move that was not finished, if there is one. Throws `repository_unreadable` for a journal that we did not write. */
export async function readJournal(repository: Repository): Promise<WorktreeMove | undefined> {
  const path = journalPath(repository);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { version, ref, before, after } = parse(text);
  const oid = /^[0-9a-f]{40}$/;
  const fine = version === 1 && typeof ref === 'string' && ref.startsWith('refs/heads/');
  if (
    !fine ||
    typeof before !== 'string' ||
    typeof after !== 'string' ||
    !oid.test(before) ||
    !oid.test(after)
  )
    throw new GitError('repository_unreadable', {
      path,
      reason: 'it is not a journal that this version knows',
    });
  return { ref, before, after };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
