import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asUnwritable, codeOf } from './unwritable.ts';

export interface SweepOptions {
  /** Milliseconds; what was touched since stays, because its git may still be alive. */
  readonly olderThan: number;
}

/**
 * Removes what killed gits have left in an owned repository: locks, temporary objects and packs, quarantines of pushes
 * that nobody answers any more, marks that keep a pack for them. Nothing of it is reachable, and some of it stops the
 * next git. No git may be at work there. Answers the names, below the repository. Throws `repository_unwritable`.
 */
export async function sweepRepository(path: string, options: SweepOptions): Promise<readonly string[]> {
  try {
    const found = (
      await Promise.all([
        leftIn(path, '', topLevel),
        ...['refs', 'logs'].map((folder) => locksBelow(path, folder)),
        leftInObjects(path),
      ])
    ).flat();
    const removed: string[] = [];
    for (const name of found) if (await isOld(join(path, name), options)) removed.push(name);
    for (const name of removed) await rm(join(path, name), { recursive: true, force: true });
    return removed.toSorted();
  } catch (error) {
    throw asUnwritable({ path }, error);
  }
}

const lock = /\.lock$/;
// A killed rewrite of packed-refs leaves its draft, and git makes no second one while that is there.
const topLevel = /\.lock$|^packed-refs\.new$/;
// The folders hold the objects of a push until it is accepted; older gits leave out the first word.
const inObjects = /^(?:tmp_objdir-|incoming-)|\.lock$/;
const inFanOut = /^tmp_obj_/;
const inPack = /^(?:tmp_|\.tmp-)|\.lock$/;
const inInfo = /^tmp_|\.lock$/;

async function leftInObjects(path: string): Promise<readonly string[]> {
  const folders = (await namesIn(join(path, 'objects'))).filter((name) => /^[0-9a-f]{2}$/.test(name));
  const found = await Promise.all([
    leftIn(path, 'objects', inObjects),
    ...folders.map((folder) => leftIn(path, `objects/${folder}`, inFanOut)),
    leftIn(path, 'objects/pack', inPack),
    staleKeeps(path),
    leftIn(path, 'objects/info', inInfo),
    leftIn(path, 'objects/info/commit-graphs', inInfo),
  ]);
  return found.flat();
}

async function leftIn(path: string, folder: string, which: RegExp): Promise<readonly string[]> {
  const names = await namesIn(join(path, folder));
  return names.filter((name) => which.test(name)).map((name) => join(folder, name));
}

async function locksBelow(path: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(path, folder), { withFileTypes: true }).catch(noneWhereGone);
  const found = await Promise.all(
    entries.map((entry): Promise<readonly string[]> => {
      const name = join(folder, entry.name);
      if (entry.isDirectory()) return locksBelow(path, name);
      return Promise.resolve(lock.test(entry.name) ? [name] : []);
    }),
  );
  return found.flat();
}

/** Git keeps a pack from being repacked until its refs are written; with the mark of a dead one, that is for ever. */
async function staleKeeps(path: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await leftIn(path, 'objects/pack', /\.keep$/)) {
    const text = await readFile(join(path, name), 'utf8');
    if (/^(?:receive|fetch)-pack \d+ on /.test(text)) found.push(name);
  }
  return found;
}

const namesIn = (folder: string): Promise<readonly string[]> => readdir(folder).catch(noneWhereGone);

function noneWhereGone(error: unknown): never[] {
  if (codeOf(error) === 'ENOENT') return [];
  throw error;
}

async function isOld(path: string, { olderThan }: SweepOptions): Promise<boolean> {
  if (olderThan <= 0) return true;
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > olderThan;
}
