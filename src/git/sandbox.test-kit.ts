import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireGit } from './run-git.ts';

/** A new empty folder for one test file. */
export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'knowngood-git-'));

/** Runs stock git in a folder and returns what it printed, without the last line break. */
export async function git(
  folder: string,
  args: readonly string[],
  stdin: string | Uint8Array = '',
): Promise<string> {
  const place = { path: folder, gitDir: undefined, workTree: undefined, owned: false };
  return (await requireGit(place, args, { stdin })).toString('utf8').replace(/\n$/, '');
}
