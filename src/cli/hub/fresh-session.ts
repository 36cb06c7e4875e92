import type { Client, Fetch } from '../../contract/client.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { askSecret } from '../ask.ts';
import { printable } from '../printable.ts';
import type { CommandContext } from '../program.ts';
import { type Connection, openClient } from './connect.ts';
import { readStdin } from './read-stdin.ts';

/** `name=value` of the cookie that signing in sets; the rest is for browsers. */
const sessionCookie = /^((?:__Host-)?knowngood-session=[^;,\s]+)/;

/**
 * Does one thing with a session that is new, since a token proves nobody's presence: asks for the password, signs in,
 * acts, signs out. `undefined` when Ctrl-C was the answer.
 */
export async function asFreshSession<T>(
  context: CommandContext,
  { client, context: at }: Connection,
  { passwordStdin }: { readonly passwordStdin?: boolean },
  act: (client: Client) => Promise<T>,
): Promise<T | undefined> {
  const { terminal, hub } = context;
  const { email, name } = await client.call('getMe');
  if (email === null) throw new Refusal('person_required', { verb: 'use break-glass', name });
  const password = passwordStdin
    ? await readStdin(terminal, 'a password')
    : await ask(context, `Password of ${printable(email)}: `);
  if (password === undefined) return undefined;
  let cookie = '';
  const fetch: Fetch = async (url, init) => {
    const headers = cookie === '' ? init.headers : { ...init.headers, cookie };
    const answer = await hub.fetch(url, { ...init, headers });
    const [, set] = sessionCookie.exec(answer.headers.get('set-cookie') ?? '') ?? [];
    cookie = set ?? cookie;
    return answer;
  };
  const fresh = await openClient({ ...context, hub: { ...hub, fetch } }, { server: at.server });
  await fresh.call('login', { body: { email, password } });
  try {
    return await act(fresh);
  } finally {
    // It ends by itself as well; that this could not be sent is no reason to fail.
    await fresh.call('logout', { body: {} }).catch(() => undefined);
  }
}

function ask({ terminal }: CommandContext, question: string): Promise<string | undefined> {
  if (!terminal.interactive)
    throw new Refusal('input_expected', {
      what: 'your password',
      instead: 'without a terminal use --password-stdin',
    });
  return askSecret(terminal, question);
}
