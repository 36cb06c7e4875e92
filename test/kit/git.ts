import { execFileSync } from 'node:child_process';

/** Stock git, deaf to the configuration, the identity and the hooks of whoever runs the tests. */
export const gitEnvironment: Readonly<Record<string, string>> = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  GIT_TERMINAL_PROMPT: '0',
};

/** Runs stock git in `dir` and returns its output bytes; throws with git's own message when it fails. */
export function gitBytes(dir: string, args: readonly string[], input?: string | Uint8Array): Buffer {
  return execFileSync('git', args, {
    cwd: dir,
    env: { ...process.env, ...gitEnvironment },
    input: input ?? '',
    maxBuffer: 2 ** 30,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Like `gitBytes`, as text without the final newline. */
export function git(dir: string, ...args: readonly string[]): string {
  return gitBytes(dir, args).toString('utf8').replace(/\n$/, '');
}
