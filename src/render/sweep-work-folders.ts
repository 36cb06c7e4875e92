import { lstat, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the folder of a process begins its name, so that its leftovers can be told from those of others. */
export const workFolderName = (pid: number): string => `knowngood-render-${String(pid)}-`;

/** Milliseconds that a folder is left alone: processes of other containers may share the disk, unseen by us. */
const leftAlone = 3_600_000;

/** Removes folders of our own account that processes left behind which are gone. What cannot be removed stays. */
export async function sweepWorkFolders(now: number, folder = tmpdir()): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const pid = Number(/^knowngood-render-(\d+)-[^/]+$/.exec(name)?.[1]);
    if (!Number.isSafeInteger(pid) || pid < 1 || isAnother(pid)) continue;
    const path = join(folder, name);
    const found = await lstat(path).catch(() => undefined);
    const old = found !== undefined && found.mtimeMs + leftAlone < now;
    if (!old || !found.isDirectory() || found.uid !== process.getuid?.()) continue;
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** In a container the next server often has our id, and would else never remove what the one before it left. */
function isAnother(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
