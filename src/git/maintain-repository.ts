import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '../tree/object.ts';
import { writeSynced } from './durable-file.ts';
import type { Repository } from './repository.ts';
import { requireGit } from './run-git.ts';

/** How far an owned repository is from being well packed. */
export interface RepositoryWear {
  /** Objects in files of their own, estimated as git does. */
  readonly loose: number;
  readonly packs: number;
  /** Milliseconds since 1970 of the last `pruneRepository`; 0 before the first. */
  readonly prunedAt: number;
}

/** Looked up without starting a program: it is asked of every repository, and often. */
export async function wearOf({ commonDir }: Pick<Repository, 'commonDir'>): Promise<RepositoryWear> {
  const names = (folder: string): Promise<readonly string[]> =>
    readdir(join(commonDir, folder)).catch(() => []);
  const [sample, packs, pruned] = await Promise.all([
    names('objects/17'),
    names('objects/pack'),
    stat(join(commonDir, prunedFile)).catch(() => undefined),
  ]);
  return {
    loose: sample.length * 256,
    packs: packs.filter((name) => name.endsWith('.pack')).length,
    prunedAt: pruned?.mtimeMs ?? 0,
  };
}

const prunedFile = 'knowngood-pruned';

export interface MaintenanceOptions {
  /** Stops the git at work, which leaves the repository as it was. */
  readonly signal?: AbortSignal | undefined;
}

/** Half an hour: a history of many years on a slow disk. */
const longest = 1_800_000;

/**
 * Packs loose objects and small packs together, tags into one file, and writes what makes walks of the history fast.
 * Nothing is lost, not even what is unreachable, so it may run beside readers and writers.
 */
export async function packRepository(
  repository: Repository,
  options: MaintenanceOptions = {},
): Promise<void> {
  const run = running(repository, options);
  await run(['repack', '--quiet', '-d', '-l', '--geometric=2']);
  // Tags only: a branch in a file of its own is read without starting a program.
  await run(['pack-refs']);
  await run(['commit-graph', 'write', '--no-progress', '--reachable', '--split', '--changed-paths']);
}

/** What may go, and what may not although no branch or tag reaches it. */
export interface PruneOptions extends MaintenanceOptions {
  /** Commits that are here, each under a name that can stand in a ref. */
  readonly pins: ReadonlyMap<string, Oid>;
  /** As git reads it: what became unreachable before is removed. */
  readonly expire: string;
}

const pinned = 'refs/knowngood/planned/';

/**
 * Packs everything anew without what is unreachable and old. Pinned commits are held by refs of ours, which hide from
 * clients and stay until the next time. Nobody may write meanwhile: what is written and not yet referred to could go.
 */
export async function pruneRepository(
  repository: Repository,
  { pins, expire, signal }: PruneOptions,
): Promise<void> {
  const run = running(repository, { signal });
  await setPins(repository, pins);
  // The reflog tells how a branch was rewritten at an upstream; until then its commits stay.
  await run(['reflog', 'expire', '--expire=90.days.ago', '--expire-unreachable=90.days.ago', '--all']);
  await run(['repack', '--quiet', '-A', '-d', '-l', `--unpack-unreachable=${expire}`]);
  await run(['prune', '--no-progress', `--expire=${expire}`]);
  // Written anew, for a part of it may name a commit that is gone.
  await run(['commit-graph', 'write', '--no-progress', '--reachable', '--split=replace', '--changed-paths']);
  await writeSynced(join(repository.commonDir, prunedFile), '');
}

const running =
  (repository: Repository, { signal }: MaintenanceOptions) =>
  (args: readonly string[]): Promise<Buffer> =>
    requireGit(repository, args, { timeout: longest, ...(signal ? { signal } : {}) });

/** Makes the pins exactly these, in one step. */
async function setPins(repository: Repository, pins: ReadonlyMap<string, Oid>): Promise<void> {
  const listing = await requireGit(repository, ['for-each-ref', '--format=%(refname)', pinned]);
  const present = listing
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  const wanted = new Map([...pins].map(([name, commit]) => [`${pinned}${name}`, commit]));
  const updates = [
    ...[...wanted].map(([ref, commit]) => `update ${ref}\0${commit}\0\0`),
    ...present.filter((ref) => !wanted.has(ref)).map((ref) => `delete ${ref}\0\0`),
  ];
  if (updates.length > 0)
    await requireGit(repository, ['update-ref', '-z', '--stdin'], { stdin: updates.join('') });
}
