import { invariant } from '../std/invariant.ts';
import type { Oid } from '../tree/object.ts';
import { isOid } from './encoded-object.ts';
import type { Repository } from './repository.ts';
import { requireGit } from './run-git.ts';

/** The commit that last wrote a line, and when it was committed, in seconds since 1970-01-01 UTC. */
export interface LineOrigin {
  readonly commit: Oid;
  readonly at: number;
}

/** Some lines of a file as a commit has it; lines count from 1. */
export interface FileLines {
  readonly revision: Oid;
  readonly path: string;
  readonly lines: readonly number[];
}

/** Who last wrote each of these lines, by `git blame`. Throws `git_failed`, also for a line that is not there. */
export async function lineOrigins(
  repository: Repository,
  { revision, path, lines }: FileLines,
): Promise<ReadonlyMap<number, LineOrigin>> {
  invariant(isOid(revision), 'a file is looked at in a commit of full id');
  const ranges = lines.flatMap((line) => ['-L', `${line},${line}`]);
  const output = await requireGit(repository, ['blame', '--line-porcelain', ...ranges, revision, '--', path]);
  const origins = new Map<number, LineOrigin>();
  const shape = /^([0-9a-f]{40}) \d+ (\d+)(?: \d+)?\n(?:(?!\t).*\n)*?committer-time (\d+)\n/gm;
  for (const [, commit = '', line = '', seconds = ''] of output.toString('latin1').matchAll(shape))
    origins.set(Number(line), { commit, at: Number(seconds) });
  return origins;
}
