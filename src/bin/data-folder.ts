import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../domain/refusal/refusal.ts';
import { type FileLock, takeFileLock } from '../store/file-lock.ts';

/**
 * Makes the folder of a server, which nobody else may read, and takes it for this process alone. Throws `data_in_use`
 * while another server has it, `data_unusable` when it cannot be written to.
 */
export function openDataFolder(path: string): FileLock {
  try {
    mkdirSync(join(path, 'repositories'), { recursive: true, mode: 0o700 });
    return takeFileLock(join(path, 'server.lock'), path);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal('data_unusable', { path, reason });
  }
}
