import { open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from './sync-folder.ts';

/** Writes a small file so that a reader finds the old text or the new, whole, whatever happens. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path)}.new`);
  await writeSynced(draft, text);
  await rename(draft, path);
  await syncFolder(folder);
}

/** Writes a file and has it on disk before it returns. */
export async function writeSynced(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
