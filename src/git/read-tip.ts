import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '../tree/object.ts';
import { tipOf } from './branch.ts';
import { isOid } from './encoded-object.ts';
import type { Repository } from './repository.ts';

/**
 * The commit that a branch of an owned repository points to, without starting a program where the ref is a file of
 * its own; undefined when there is no such ref. `ref` is a full name from `branchRef`.
 */
export async function readTip(repository: Repository, ref: string): Promise<Oid | undefined> {
  if (repository.refFormat !== 'files') return tipOf(repository, ref);
  const text = await readFile(join(repository.commonDir, ref), 'latin1').catch(() => '');
  const tip = text.trimEnd();
  // Packed, symbolic, missing or damaged: git knows.
  return isOid(tip) ? tip : tipOf(repository, ref);
}
