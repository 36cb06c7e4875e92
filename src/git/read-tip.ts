import { readFileSync } from 'node:fs';
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
  const tip = textOf(join(repository.commonDir, ref)).trimEnd();
  // Packed, symbolic, missing or damaged: git knows.
  return isOid(tip) ? tip : tipOf(repository, ref);
}

/** Forty bytes that somebody has just written: a trip to another thread would cost more than reading them. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
