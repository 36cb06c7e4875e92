import type { ObjectReader } from '../../git/object-reader.ts';
import type { EntryState } from '../../tree/diff-trees.ts';
import { isWorkPath } from '../../render/work-folder.ts';
import { isRegularFile } from '../../tree/object.ts';

/** What a tool gets to read at most. */
const mostFiles = 2_000;
const mostBytes = 32 * 1024 ** 2;

interface ReadFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * The contents of regular files, byte for byte; links, submodules and names that a disk does not take stay behind. A
 * reason instead when they are too many or too large.
 */
export async function readWorkFiles(
  reader: ObjectReader,
  entries: ReadonlyMap<string, EntryState>,
): Promise<{ readonly files: readonly ReadFile[] } | { readonly reason: string }> {
  const wanted = [...entries].filter(([path, { mode }]) => isRegularFile(mode) && isWorkPath(path));
  if (wanted.length > mostFiles) return { reason: `builds on more than ${mostFiles} files` };
  let size = 0;
  for (const [path, { oid }] of wanted) {
    size += (await reader.describe(oid))?.size ?? 0;
    if (size > mostBytes)
      return { reason: `builds on more than ${mostBytes / 1024 ** 2} MiB, counted at ${path}` };
  }
  const files: ReadFile[] = [];
  for (const [path, { oid }] of wanted) {
    const { content } = await reader.readRaw(oid);
    if (content === undefined) return { reason: `${path} is too large to be rendered` };
    files.push({ path, content });
  }
  return { files };
}
