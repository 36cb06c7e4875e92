import { Refusal } from '../../domain/refusal/refusal.ts';
import { askSecret } from '../ask.ts';
import { printable } from '../printable.ts';
import type { CommandContext } from '../program.ts';
import { readNamedFile } from './read-document.ts';
import { readStdin } from './read-stdin.ts';
import { variable } from './variable.ts';

/** Where the secret is that opens a repository elsewhere. */
export interface CredentialOptions {
  readonly username?: string;
  readonly passwordStdin?: boolean;
  readonly sshKey?: string;
  readonly knownHosts?: string;
}

type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'ssh_key'; readonly privateKey: string; readonly hostKeys: string[] };

/**
 * How the server signs in at a Git host. Secrets come from stdin, a question, a variable or a file, never from
 * arguments, which others on the machine can see. `undefined` when Ctrl-C was the answer.
 */
export async function upstreamCredential(
  context: CommandContext,
  options: CredentialOptions,
): Promise<Credential | undefined> {
  const { terminal } = context;
  const { username, sshKey, knownHosts, passwordStdin } = options;
  if (sshKey !== undefined) {
    if (knownHosts === undefined)
      throw new Refusal('input_expected', {
        what: 'the host key of the Git host',
        instead: 'name a file of known hosts in --known-hosts; ssh-keyscan HOST prints its lines',
      });
    const hostKeys = (await readNamedFile(context, knownHosts))
      .split('\n')
      .filter((line) => /^[^#\s]/.test(line));
    return { kind: 'ssh_key', privateKey: await readNamedFile(context, sshKey), hostKeys };
  }
  if (username === undefined) return { kind: 'none' };
  const password = passwordStdin
    ? await readStdin(terminal, 'a password')
    : (variable(terminal.env, 'KNOWNGOOD_UPSTREAM_PASSWORD') ?? (await ask(context, username)));
  return password === undefined ? undefined : { kind: 'password', username, password };
}

function ask({ terminal }: CommandContext, username: string): Promise<string | undefined> {
  if (!terminal.interactive)
    throw new Refusal('input_expected', {
      what: `the password of ${username}`,
      instead: 'without a terminal use --password-stdin or KNOWNGOOD_UPSTREAM_PASSWORD',
    });
  return askSecret(terminal, `Password or token of ${printable(username)} there: `);
}
