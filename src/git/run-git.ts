import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { GitError, reasonOf } from './git-error.ts';

/** Where git runs. An open `Repository` is one; while it is being opened only `path` is known. */
export interface GitPlace {
  readonly path: string;
  readonly gitDir: string | undefined;
  readonly workTree: string | undefined;
  /** Ours alone: nobody's configuration applies. Otherwise the user's own git configuration does, hooks excepted. */
  readonly owned: boolean;
  /** Set for every git here, last of all: a quarantine to read through, or how to reach a remote. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface GitRunOptions {
  readonly stdin?: Uint8Array | string;
  /** Bytes of output after which git is stopped; 64 MiB unless told. */
  readonly maxOutput?: number;
  /** Milliseconds after which git is stopped; 120,000 unless told. */
  readonly timeout?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Stops git when it is aborted. */
  readonly signal?: AbortSignal;
  /** Told the process id as soon as git runs. */
  readonly onStart?: (pid: number) => void;
  /** Told what git says on stderr, as it comes. */
  readonly onStderr?: (text: string) => void;
}

export interface GitRun {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const settings = (...all: string[]): string[] => all.flatMap((setting) => ['-c', setting]);
const fixedConfig = settings(
  // Hooks are other people's programs; and by default git writes neither objects nor refs durably.
  'core.hooksPath=/dev/null',
  'core.fsync=all',
  'core.fsyncMethod=fsync',
  'gc.auto=0',
  'maintenance.auto=false',
  // Another writer may hold a ref for as long as a slow disk takes to sync it; git itself waits 0.1 s only.
  'core.filesRefLockTimeout=1000',
);
const ownedConfig = settings('core.attributesFile=/dev/null', 'core.logAllRefUpdates=always');

// Variables that would make git work on something else than the repository it was told to, or read paths otherwise.
const redirecting =
  /^GIT_(DIR|WORK_TREE|IMPLICIT_WORK_TREE|INDEX_FILE|COMMON_DIR|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|CONFIG|NAMESPACE|PREFIX|SHALLOW_FILE|GRAFT_FILE|REPLACE_REF_BASE|INTERNAL_SUPER_PREFIX|QUARANTINE_PATH|EXTERNAL_DIFF|DIFF_OPTS|DEFAULT_HASH|ATTR_SOURCE|(GLOB|NOGLOB|ICASE)_PATHSPECS)$/;

const ours = { name: 'Knowngood', email: 'knowngood@localhost' };

/** Who moves refs in repositories of ours, as a reflog names them. */
export const reflogName = `${ours.name} <${ours.email}>`;

/** The environment for a git process at this place: the caller's, without what would redirect or localise git. */
export function gitEnvironment(place: GitPlace): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    const dropped = place.owned ? name.startsWith('GIT_') : redirecting.test(name);
    if (!dropped) env[name] = value;
  }
  Object.assign(env, {
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
  });
  if (place.owned)
    Object.assign(env, {
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_ATTR_NOSYSTEM: '1',
      // For the reflog alone: git would otherwise make a name up from this machine's.
      GIT_COMMITTER_NAME: ours.name,
      GIT_COMMITTER_EMAIL: ours.email,
    });
  return env;
}

/**
 * Starts git with an argument list, never through a shell. Arguments must be our own words or full object ids; what
 * a person typed goes in on stdin or behind `--end-of-options` or `--`.
 */
export function spawnGit(
  place: GitPlace,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  const where = [
    ...(place.gitDir === undefined ? [] : [`--git-dir=${place.gitDir}`]),
    ...(place.workTree === undefined ? [] : [`--work-tree=${place.workTree}`]),
  ];
  return spawn('git', [...fixedConfig, ...(place.owned ? ownedConfig : []), ...where, ...args], {
    cwd: place.workTree ?? place.gitDir ?? place.path,
    env: { ...gitEnvironment(place), ...env, ...place.env },
    stdio: 'pipe',
    // Ctrl-C goes to all programs of a terminal; a hub that is told to stop still needs its git to finish what runs.
    detached: place.owned,
    windowsHide: true,
  });
}

/** Runs git to its end and returns whatever happened; throws only when git cannot run, runs too long or says too much. */
export function runGit(
  place: GitPlace,
  args: readonly string[],
  options: GitRunOptions = {},
): Promise<GitRun> {
  const { stdin = '', maxOutput = 64 * 1024 * 1024, timeout = 120_000 } = options;
  const { promise, resolve, reject } = Promise.withResolvers<GitRun>();
  const child = spawnGit(place, args, options.env);
  if (child.pid !== undefined) options.onStart?.(child.pid);
  const chunks: Buffer[] = [];
  let size = 0;
  let stderr = '';
  const { stop, stopped, settle } = stopper(child, { timeout, signal: options.signal });
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxOutput) stop(`its output is larger than ${maxOutput} bytes`);
    else chunks.push(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < 65_536) stderr += text;
    options.onStderr?.(text);
  });
  // A git that exits early closes its stdin; its status tells what happened.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  // A program that git had started can outlive it with our pipes in its hands; after a stop nobody waits for it.
  child.on('exit', () => {
    if (stopped() === undefined) return;
    child.stdout.destroy();
    child.stderr.destroy();
  });
  child.on('error', (error) => {
    settle();
    reject(cannotRun(error));
  });
  child.on('close', (code, signal) => {
    settle();
    const reason = stopped();
    if (reason !== undefined) reject(failed(args, reason));
    else if (code === null) reject(failed(args, `it was stopped by ${signal ?? 'a signal'}`));
    else resolve({ status: code, stdout: Buffer.concat(chunks), stderr });
  });
  return promise;
}

/** Ends a git that runs for too long, or whose caller is told to stop. */
function stopper(
  child: ChildProcessWithoutNullStreams,
  { timeout, signal }: { readonly timeout: number; readonly signal: AbortSignal | undefined },
) {
  let stopped: string | undefined;
  const stop = (reason: string): void => {
    stopped ??= reason;
    // SIGTERM first: git then removes its own lock files.
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 3000).unref();
  };
  const timer = setTimeout(() => stop(`it took longer than ${timeout / 1000} s`), timeout);
  const abort = (): void => stop('it was told to stop');
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort);
  return {
    stop,
    /** Why, once it was told to end. */
    stopped: () => stopped,
    settle: (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}

/** Runs git and returns its output; any other end than success is `git_failed` with git's own reason. */
export async function requireGit(
  place: GitPlace,
  args: readonly string[],
  options: GitRunOptions = {},
): Promise<Buffer> {
  const { status, stdout, stderr } = await runGit(place, args, options);
  if (status !== 0) throw failed(args, reasonOf(stderr));
  return stdout;
}

const failed = (args: readonly string[], reason: string): GitError =>
  new GitError('git_failed', { command: args.find((arg) => /^[a-z][a-z-]*$/.test(arg)) ?? '', reason });

/** What a failed start of git means. */
export function cannotRun(error: Error): GitError {
  const missing = 'code' in error && error.code === 'ENOENT';
  return missing
    ? new GitError('git_missing', { oldest: oldestGit }, error)
    : new GitError('git_failed', { command: '', reason: error.message }, error);
}

/** The oldest git that has all we rely on: `cat-file --batch-command` and `core.fsync` came with it. */
export const oldestGit = '2.36';
