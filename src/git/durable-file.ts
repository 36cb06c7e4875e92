import { open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Makes the names in a folder outlive a power cut; where folders cannot be synced, nothing is lost by not doing it. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (handle === undefined) return;
  try {
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}

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
