import { Readable, pipeline } from 'node:stream';
import { GitError, reasonOf } from './git-error.ts';
import type { HookTicket } from './receive-hook.ts';
import type { Repository } from './repository.ts';
import { spawnGit } from './run-git.ts';

/** One exchange of the smart HTTP protocol. */
export interface PackExchange {
  readonly service: 'upload-pack' | 'receive-pack';
  /** Only tell which refs there are. */
  readonly advertise: boolean;
  /** For GIT_PROTOCOL; checked by the caller. */
  readonly protocol: string | undefined;
  readonly stdin: Readable;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export interface PushRules {
  readonly ticket: HookTicket;
  /** Bytes of a pack. */
  readonly maxBytes: number;
}

export interface PackReply {
  readonly stdout: Readable;
  /** Resolves when git has ended, whatever became of it. */
  readonly ended: Promise<void>;
}

const settings = (...all: string[]): string[] => all.flatMap((setting) => ['-c', setting]);
/** Our own refs are nobody else's business; what is reachable may be fetched in parts. */
const always = settings(
  'transfer.hideRefs=refs/knowngood',
  'uploadpack.allowFilter=true',
  'uploadpack.allowAnySHA1InWant=false',
  'uploadpack.allowReachableSHA1InWant=false',
  'uploadarchive.allowUnreachable=false',
);
const pushed = settings(
  'receive.fsckObjects=true',
  // Histories of many years carry these; no program stumbles over them.
  'receive.fsck.badTimezone=ignore',
  'receive.fsck.missingSpaceBeforeDate=ignore',
  'receive.fsck.zeroPaddedFilemode=ignore',
  'receive.fsck.zeroPaddedDate=ignore',
  'receive.denyNonFastForwards=true',
  'receive.denyDeletes=true',
  'receive.advertisePushOptions=false',
  'receive.autogc=false',
  'receive.updateServerInfo=false',
);

/**
 * Lets stock git serve a clone, fetch or push of an owned repository. When git ends with an error before its first
 * byte, rejects with `git_request_malformed` where that is for what was sent, else with `git_failed`.
 */
export async function servePack(
  repository: Repository,
  exchange: PackExchange,
  rules?: PushRules,
): Promise<PackReply> {
  const { service, advertise, protocol, stdin, signal } = exchange;
  const push = rules === undefined ? [] : pushSettings(rules);
  const words = ['--stateless-rpc', ...(advertise ? ['--http-backend-info-refs'] : [])];
  const more = service === 'upload-pack' ? ['--strict', '--timeout=600'] : [];
  const child = spawnGit(repository, [...always, ...push, service, ...more, ...words, repository.commonDir], {
    ...rules?.ticket.env,
    ...(protocol === undefined ? {} : { GIT_PROTOCOL: protocol }),
  });
  const stop = (): void => {
    // SIGTERM: git removes its quarantine and its locks.
    child.kill('SIGTERM');
  };
  signal.addEventListener('abort', stop, { once: true });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < 8192) stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  }).finally(() => signal.removeEventListener('abort', stop));
  // A request that breaks off ends git's input: it then refuses what it has so far.
  pipeline(stdin, child.stdin, () => undefined);
  const speaks = await firstByte(child.stdout);
  if (!speaks && (await ended) !== 0) throw failureOf(service, reasonOf(stderr));
  const stdout = speaks ? child.stdout : Readable.from([]);
  return { stdout, ended: ended.then(() => undefined) };
}

/** Git's words for a request that is not one: nothing of ours has failed. */
const malformed =
  /protocol error|hung up unexpectedly|malformed push certificate|^invalid (deepen|shallow|command)|filters? /i;

const failureOf = (command: string, reason: string): GitError =>
  malformed.test(reason)
    ? new GitError('git_request_malformed', { reason })
    : new GitError('git_failed', { command, reason });

const pushSettings = ({ ticket, maxBytes }: PushRules): string[] => [
  ...pushed,
  ...settings(`receive.maxInputSize=${maxBytes}`, `core.hooksPath=${ticket.hooksPath}`),
];

/** Waits until there is something to send; false when git ended without a word, as after the probe of a large push. */
function firstByte(stdout: Readable): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (stdout.readableLength > 0) resolve(true);
      // Only who reads learns of the end.
      else stdout.read();
    };
    stdout.on('readable', look);
    stdout.once('close', () => resolve(false));
  }).finally(() => stdout.removeAllListeners('readable')) as Promise<boolean>;
}
