import { decodeName, encodeName } from './name-bytes.ts';
import type { PathSide } from './path-change.ts';
import { splitNul } from './path-change.ts';
import type { Repository } from './repository.ts';
import { requireGit } from './run-git.ts';
import type { Mode } from '../tree/object.ts';

/** What is staged at one path. `stage` is not 0 while a merge is unresolved; `sparse` files are meant to be absent. */
export interface IndexEntry extends PathSide {
  readonly stage: number;
  readonly sparse: boolean;
}

// Git compares every entry with every path it is given; beyond this many it is quicker to take the whole list.
const mostPaths = 400;
const bytesPerCall = 24_000;

/** The index entries at these paths; a path with an unresolved merge has the highest of its stages. */
export async function readIndex(
  repository: Repository,
  paths: readonly string[],
): Promise<ReadonlyMap<string, IndexEntry>> {
  const wanted = new Set(paths);
  const entries = new Map<string, IndexEntry>();
  for (const some of portions(paths)) {
    const args = ['ls-files', '-s', '-v', '-z', '--full-name', '--', ...some];
    for (const item of splitNul(await requireGit(repository, args, { maxOutput: 2 ** 30 }))) {
      const tab = item.indexOf(9);
      const path = decodeName(item.subarray(tab + 1));
      if (wanted.has(path)) entries.set(path, readEntry(item.toString('latin1', 0, tab)));
    }
  }
  return entries;
}

function readEntry(text: string): IndexEntry {
  const [tag = '', mode = '', oid = '', stage = ''] = text.split(' ');
  return { mode: mode as Mode, oid, stage: Number(stage), sparse: /^s$/i.test(tag) };
}

/** The paths in lists that fit on a command line; one empty list, which means all, when they do not. */
function portions(paths: readonly string[]): readonly (readonly string[])[] {
  // Arguments are text: a name that is not UTF-8 cannot be one.
  if (paths.length > mostPaths || !paths.every((path) => path.isWellFormed())) return [[]];
  const lists: string[][] = [];
  let room = 0;
  for (const path of paths) {
    const size = encodeName(path).length;
    if (room < size) {
      lists.push([]);
      room = bytesPerCall;
    }
    lists.at(-1)?.push(path);
    room -= size;
  }
  return lists;
}

/** Input for `update-index -z --index-info` that puts these sides in place; absent ones are removed first. */
export function indexInfo(
  entries: readonly { readonly path: string; readonly side: PathSide | undefined }[],
): Buffer {
  const removed = entries.filter(({ side }) => side === undefined);
  const placed = entries.filter(({ side }) => side !== undefined);
  return Buffer.concat(
    [...removed, ...placed].flatMap(({ path, side }) => [
      Buffer.from(side === undefined ? `0 ${'0'.repeat(40)}\t` : `${side.mode} ${side.oid}\t`),
      encodeName(path),
      Buffer.of(0),
    ]),
  );
}
