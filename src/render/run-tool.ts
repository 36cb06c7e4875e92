import { type ChildProcess, spawn } from 'node:child_process';
import type { Confinement, ToolLimits } from './confinement.ts';
import type { WorkFolder } from './work-folder.ts';

/** What a tool printed, or why there is nothing: one line. */
export type ToolRun =
  { readonly ok: true; readonly output: string } | { readonly ok: false; readonly reason: string };

/** A run: a program by its absolute path, with arguments of ours. Paths in them begin with `./`. */
export interface ToolCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: WorkFolder;
  readonly limits: ToolLimits;
  readonly confine: Confinement;
}

/** Runs a tool to its end or to a limit; never throws for what the tool does. */
export function runTool({ program, args, folder, limits, confine }: ToolCall): Promise<ToolRun> {
  const [first = program, ...words] = [...confine(limits), program, ...args];
  const { promise, resolve } = Promise.withResolvers<ToolRun>();
  const child = spawn(first, words, {
    cwd: folder.root,
    env: environment(folder, limits),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that a stop reaches whatever it may have started.
    detached: true,
    windowsHide: true,
  });
  const chunks: Buffer[] = [];
  let size = 0;
  let complaint = '';
  let stopped: string | undefined;
  const stop = (reason: string): void => {
    stopped ??= reason;
    endGroup(child);
  };
  const timer = setTimeout(() => stop(`took longer than ${limits.time / 1000} s`), limits.time);
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limits.output) stop(`printed more than ${Math.round(limits.output / 1024)} KiB`);
    else chunks.push(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (complaint.length < 65_536) complaint += text;
  });
  child.on('error', ({ message }) => {
    clearTimeout(timer);
    resolve({ ok: false, reason: `could not be started: ${message}` });
  });
  child.on('close', (code, signal) => {
    clearTimeout(timer);
    if (stopped !== undefined) resolve({ ok: false, reason: `${stopped} and was stopped` });
    else if (code === 0) resolve({ ok: true, output: Buffer.concat(chunks).toString('utf8') });
    else resolve({ ok: false, reason: reasonOf(complaint, folder, signal) });
  });
  return promise;
}

/** Nothing of ours: no PATH to find git or plugins on, no home, no proxy but one that is not there. */
function environment({ home, empty }: WorkFolder, { memory }: ToolLimits): NodeJS.ProcessEnv {
  const nowhere = 'http://127.0.0.1:1';
  return {
    PATH: empty,
    HOME: home,
    TMPDIR: home,
    LC_ALL: 'C',
    KUBECONFIG: '/dev/null',
    KUSTOMIZE_PLUGIN_HOME: empty,
    HELM_PLUGINS: empty,
    HELM_NO_PLUGINS: '1',
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    GOMAXPROCS: '2',
    GOMEMLIMIT: String(Math.floor(memory * 0.75)),
  };
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

const longestReason = 400;

/** What the tool said last, in one line, without the folder that only it knew. */
function reasonOf(complaint: string, { root }: WorkFolder, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `was ended by ${signal}, perhaps for the memory that it took`;
  if (/^(?:fatal error: runtime: |runtime: )?(?:out of memory|cannot allocate memory)/m.test(complaint))
    return 'took more memory than it may';
  const lines = complaint.split('\n').filter((line) => line.trim() !== '');
  const chosen = lines.findLast((line) => /^error:/i.test(line)) ?? lines.at(-1) ?? 'gave no reason';
  const plain = chosen
    .replace(/^error:\s*/i, '')
    .replaceAll(`${root}/`, '')
    .replaceAll(root, 'the repository')
    .replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim();
  return plain.length > longestReason ? `${plain.slice(0, longestReason - 1)}…` : plain;
}
