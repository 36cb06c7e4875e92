import { closeSync, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/** Makes the content of an open file survive a power cut. */
export const syncFile = promisify(fsync);

/** Makes the names in a folder survive a power cut; a file's own fsync does not do that. */
export async function syncFolder(path: string): Promise<void> {
  const folder = openSync(path, 'r');
  try {
    await syncFile(folder);
  } finally {
    closeSync(folder);
  }
}
