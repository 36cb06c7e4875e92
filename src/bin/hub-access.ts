import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HubAccess } from '../cli/hub-access.ts';
import type { Fetch } from '../contract/client.ts';
import { openBrowser } from './open-browser.ts';
import { openLanding } from './open-landing.ts';

/** Seconds for a whole call: an approval may execute at once, and a slow upstream is asked meanwhile. */
const patience = 120;
/** Bytes of one answer that are read: more than any page of ours. */
const longestAnswer = 64 * 1024 * 1024;

const fetchOnce: Fetch = async (url, init) => {
  const signal = AbortSignal.timeout(patience * 1000);
  const answer = await fetch(url, { ...init, redirect: 'manual', signal });
  return {
    status: answer.status,
    headers: { get: (name) => answer.headers.get(name) },
    text: () => readText(answer),
  };
};

async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // An answer without a body has no stream.
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > longestAnswer) throw new Error(`it sends more than ${longestAnswer} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writePrivateFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // The file may be a link into a folder that is under version control: what it leads to is written.
  const target = await realpath(path).catch(() => path);
  const draft = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(draft, 0o600);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function newProof(): ReturnType<HubAccess['newProof']> {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** The real network, the real files and the real clock. */
export const hubAccess: HubAccess = {
  fetch: fetchOnce,
  download: async (url, headers) => {
    const { status, body } = await fetch(url, { headers, redirect: 'manual' });
    return { status, pieces: (body ?? []) as AsyncIterable<Uint8Array> };
  },
  patience,
  loadClient: async () => (await import('../contract/client.ts')).createClient,
  readFile: readIfThere,
  readPieces: (path) => createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>,
  writePrivateFile,
  sleep: (milliseconds) => sleep(milliseconds),
  clock: Date.now,
  machine: hostname(),
  newKey: randomUUID,
  newProof,
  openLanding,
  openBrowser,
};
