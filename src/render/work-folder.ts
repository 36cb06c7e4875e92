import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { workFolderName } from './sweep-work-folders.ts';

/** A file for a tool to read, by its path from the root of the repository. */
export interface WorkFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** A folder of our own, gone when it is disposed of. */
export interface WorkFolder extends AsyncDisposable {
  /** The copy of the repository: only what was written. */
  readonly root: string;
  /** For the caches and settings of a tool. */
  readonly home: string;
  /** Has nothing in it: no program is found there, and no plugin. */
  readonly empty: string;
}

/** Writes the files, and nothing else, into a new folder that only we can read. Throws for a path that leads out of it. */
export async function makeWorkFolder(files: readonly WorkFile[]): Promise<WorkFolder> {
  const top = await realpath(await mkdtemp(join(tmpdir(), workFolderName(process.pid))));
  const folder = { root: join(top, 'repository'), home: join(top, 'home'), empty: join(top, 'empty') };
  const remove = (): Promise<void> => rm(top, { recursive: true, force: true });
  try {
    await Promise.all(Object.values(folder).map((path) => mkdir(path)));
    for (const { path, content } of files) {
      if (!isWorkPath(path)) throw new Error(`${JSON.stringify(path)} leads out of the folder`);
      const target = join(folder.root, path);
      await mkdir(dirname(target), { recursive: true });
      // A name that this disk takes for another one (case, Unicode forms) must not replace that.
      await writeFile(target, content, { flag: 'wx', mode: 0o600 });
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { ...folder, [Symbol.asyncDispose]: remove };
}

/** Whether a file of this path can be written below a folder on any disk, and nowhere else. */
export const isWorkPath = (path: string): boolean =>
  path.isWellFormed() &&
  !path.includes('\0') &&
  !path.includes('\\') &&
  path.split('/').every((part) => !['', '.', '..'].includes(part) && byteLength(part) <= longestName) &&
  byteLength(path) <= longestPath;

const byteLength = (text: string): number => Buffer.byteLength(text);
/** Bytes of one name, and of a path below a folder of ours; the kernel of Linux takes 255 and 4,095. */
const longestName = 255;
const longestPath = 3_500;
