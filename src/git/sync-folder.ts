import { open } from 'node:fs/promises';

/** Makes the names in a folder survive a power cut; a file's own fsync does not do that. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
