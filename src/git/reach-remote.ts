import { oneLine } from './git-error.ts';
import type { GitRun } from './run-git.ts';
import { runGit } from './run-git.ts';
import type { Repository } from './repository.ts';

export interface RemoteOptions {
  /** A person is there to be asked for a password or passphrase. */
  readonly interactive?: boolean;
  /** Milliseconds; five minutes unless told. */
  readonly timeout?: number;
  /** Told each line of progress, without credentials. */
  readonly onProgress?: (line: string) => void;
}

/** Runs a git command that talks to a remote, with the user's own credentials, ssh and proxies. */
export async function reachRemote(
  repository: Repository,
  args: readonly string[],
  options: RemoteOptions = {},
): Promise<GitRun> {
  const { interactive = false, timeout = 300_000, onProgress } = options;
  const env = interactive ? { GIT_TERMINAL_PROMPT: '1' } : await silentEnvironment(repository);
  return runGit(repository, args, {
    env,
    timeout,
    onStderr: (text) => {
      const line = text.split(/[\r\n]+/).findLast((part) => part.trim() !== '');
      if (line !== undefined) onProgress?.(withoutSecrets(oneLine(line)));
    },
  });
}

/** Nobody is there to answer: better to fail at once than to wait for the time limit. */
async function silentEnvironment(repository: Repository): Promise<Readonly<Record<string, string>>> {
  const silent = { GIT_TERMINAL_PROMPT: '0', GCM_INTERACTIVE: 'never' };
  const chosen = process.env['GIT_SSH_COMMAND'] ?? process.env['GIT_SSH'];
  if (chosen !== undefined) return silent;
  const { status } = await runGit(repository, ['config', 'core.sshCommand']);
  return status === 0 ? silent : { ...silent, GIT_SSH_COMMAND: 'ssh -o BatchMode=yes' };
}

/** The text with user names, passwords and tokens taken out of every address in it. */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(/\b(https?:\/\/)[^\s/?#]*@/gi, '$1***@')
    .replaceAll(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@:]*:[^\s/?#]*@/gi, '$1***@')
    .replaceAll(/([?&][\w-]*(?:token|key|secret|password|sig|signature)=)[^&\s'"]+/gi, '$1***');
}

/** Why a remote was not reached or said no: its own words first, then git's. */
export function remoteReason(stderr: string): string {
  const lines = stderr.split(/[\r\n]+/).map((line) => line.trim());
  const said = lines.flatMap((line) => /^remote: +(\S.*)$/.exec(line)?.[1] ?? []);
  const fatal = lines.findIndex((line) => /^(fatal|error): /.test(line));
  const own = lines[fatal]?.replace(/^(fatal|error): /, '') ?? '';
  // Git only knows that the program it talks through ended; ssh says why on the line before.
  const before = /Could not read from remote|hung up|early EOF/.test(own) ? lines[fatal - 1] : undefined;
  const parts = [...said.filter((line) => !/%|^Total |^Enumerating/.test(line)), before ?? '', own];
  const words = parts.filter((part) => part !== '').join('; ');
  return withoutSecrets(oneLine(words === '' ? 'no reason given' : words));
}
