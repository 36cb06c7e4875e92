import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type Server, type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Oid } from '../tree/object.ts';
import { isOid } from './encoded-object.ts';
import { hookProgram, hookScript } from './hook-program.ts';
import { decodeName } from './name-bytes.ts';

/** One ref that a push wants to set. Absent on a side: it is created, or deleted. */
export interface RefUpdate {
  readonly ref: string;
  readonly before: Oid | undefined;
  readonly after: Oid | undefined;
}

/** What git asks before it lets a push in. Its objects are in `quarantine` until then. */
export interface PushQuestion {
  readonly updates: readonly RefUpdate[];
  readonly quarantine: string | undefined;
}

export interface PushAnswer {
  readonly accept: boolean;
  /** Lines that the person who pushes reads. */
  readonly say: readonly string[];
}

/** Where the hook of one push finds us. Good for one question. */
export interface HookTicket {
  readonly env: Readonly<Record<string, string>>;
  readonly hooksPath: string;
  readonly revoke: () => void;
}

export interface ReceiveHook {
  /** `check` decides about one push; when it throws, the push is refused. */
  readonly expect: (check: (question: PushQuestion) => Promise<PushAnswer>) => HookTicket;
  readonly close: () => Promise<void>;
}

type Check = (question: PushQuestion) => Promise<PushAnswer>;

/** Bytes of a question; a push of more refs than fit is refused. */
const longestQuestion = 8 * 1024 * 1024;
const unchecked: PushAnswer = {
  accept: false,
  say: ['the push could not be checked and was refused; push again in a moment'],
};

/** Opens the socket at which pre-receive hooks ask, in a folder that only we can enter. Told what broke a check. */
export async function openReceiveHook(onError: (error: unknown) => void): Promise<ReceiveHook> {
  // Not below the data: the path of a socket may have about a hundred characters.
  const folder = await mkdtemp(join(tmpdir(), 'knowngood-hook-'));
  const socketPath = join(folder, 'socket');
  const program = join(folder, 'pre-receive.mjs');
  await writeFile(program, hookProgram, { mode: 0o600 });
  await writeFile(join(folder, 'pre-receive'), hookScript(process.execPath, program));
  await chmod(join(folder, 'pre-receive'), 0o700);
  const checks = new Map<string, Check>();
  const server = createServer({ allowHalfOpen: true }, (socket) => void answer(socket, checks, onError));
  await listen(server, socketPath);
  return {
    expect: (check) => {
      const token = randomBytes(32).toString('hex');
      checks.set(token, check);
      return {
        env: { KNOWNGOOD_HOOK_SOCKET: socketPath, KNOWNGOOD_HOOK_TOKEN: token },
        hooksPath: folder,
        revoke: () => {
          checks.delete(token);
        },
      };
    },
    close: async () => {
      checks.clear();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });

async function answer(
  socket: Socket,
  checks: Map<string, Check>,
  onError: (error: unknown) => void,
): Promise<void> {
  socket.on('error', () => undefined);
  socket.setTimeout(120_000, () => socket.destroy());
  try {
    const { token, ...question } = readQuestion(await readAll(socket));
    const check = checks.get(token);
    // A ticket is for one push: who found it out later is too late.
    checks.delete(token);
    socket.end(JSON.stringify(check ? await check(question) : unchecked));
  } catch (error) {
    onError(error);
    socket.end(JSON.stringify(unchecked));
  }
}

async function readAll(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longestQuestion) throw new Error('the question is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readQuestion(text: string): PushQuestion & { readonly token: string } {
  const question: unknown = JSON.parse(text);
  const { token, quarantine, updates } = question as Readonly<Record<string, unknown>>;
  if (typeof token !== 'string' || typeof updates !== 'string') throw new Error('not a question');
  const lines = decodeName(Buffer.from(updates, 'base64')).split('\n').filter(Boolean);
  return {
    token,
    quarantine: typeof quarantine === 'string' ? quarantine : undefined,
    updates: lines.map(readUpdate),
  };
}

function readUpdate(line: string): RefUpdate {
  const [before = '', after = '', ...ref] = line.split(' ');
  if (!isOid(before) || !isOid(after)) throw new Error('not an update');
  const present = (oid: Oid): Oid | undefined => (/^0+$/.test(oid) ? undefined : oid);
  return { ref: ref.join(' '), before: present(before), after: present(after) };
}
