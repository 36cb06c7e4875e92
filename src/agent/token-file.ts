import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Refusal } from '../domain/refusal/refusal.ts';

/** Where the agent keeps what lets it in at the hub. A reader finds the old token or the new one, whole. */
export interface TokenFile {
  readonly path: string;
  /** Undefined until the agent has registered. */
  readonly read: () => string | undefined;
  /** Nobody but the owner of this process can read it, and it is on disk when this returns. */
  readonly save: (token: string) => Promise<void>;
}

/** Throws `agent_token_unusable` where the file cannot be read or written. */
export function tokenFile(path: string): TokenFile {
  return {
    path,
    read: () => {
      try {
        return readFileSync(path, 'utf8').trim() || undefined;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw unusable(path, error);
      }
    },
    save: async (token) => {
      try {
        const draft = `${path}.new`;
        await writeSynced(draft, `${token}\n`);
        await rename(draft, path);
        await syncFolder(dirname(path));
      } catch (error) {
        throw unusable(path, error);
      }
    },
  };
}

const unusable = (path: string, error: unknown): Refusal => {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new Refusal('agent_token_unusable', { path, reason });
};

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    // A draft that an earlier process left keeps the mode that it had.
    await file.chmod(0o600);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
