import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { GitError, oneLine } from './git-error.ts';

/**
 * The armoured SSH signature of these bytes, in git's namespace, as `gpg.format=ssh` makes it. `key` is the path of a
 * private key without passphrase, or one whose half is in the SSH agent. Throws `signing_failed`.
 */
export function signWithSsh(key: string, bytes: Uint8Array): Promise<string> {
  const { promise, resolve: done, reject } = Promise.withResolvers<string>();
  // An absolute path never looks like an option.
  const child = spawn('ssh-keygen', ['-Y', 'sign', '-n', 'git', '-f', resolve(key)], {
    // Without a terminal and without an asker there is nobody who could be asked for a passphrase.
    env: { ...process.env, LC_ALL: 'C', SSH_ASKPASS_REQUIRE: 'never' },
    stdio: 'pipe',
    detached: true,
    timeout: 30_000,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined);
  child.stdin.end(bytes);
  const failed = (reason: string): GitError =>
    new GitError('signing_failed', { key, reason: oneLine(reason) });
  child.on('error', (error) => reject(failed(error.message)));
  child.on('close', (status) => {
    if (status === 0 && stdout.startsWith('-----BEGIN SSH SIGNATURE-----')) done(stdout);
    else reject(failed(/.+/.exec(stderr)?.[0] ?? 'ssh-keygen gave no signature'));
  });
  return promise;
}
