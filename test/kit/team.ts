import { type Client, createClient } from '../../src/contract/client.ts';
import type { ServerProcess } from './server-process.ts';

/** Somebody who is signed in to a real server. */
export interface Teammate {
  readonly api: Client;
  readonly email: string;
  /** Their session, for another server on the same data. */
  readonly cookie: string;
}

type Origin = Pick<ServerProcess, 'origin'>;

/** The same person at another server, or at the same one after a restart. */
export const teammateAt = ({ origin }: Origin, { email, cookie }: Omit<Teammate, 'api'>): Teammate => ({
  email,
  cookie,
  api: createClient({ server: origin, fetch, headers: () => ({ cookie }) }),
});

/** Sets a password with a one-time link and comes in. */
export async function useLink(server: Origin, email: string, url: string): Promise<Teammate> {
  const answer = await fetch(`${server.origin}/api/v2/auth/one-time-link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret: url.split('#')[1], password: `long enough for ${email}` }),
  });
  if (answer.status !== 200) throw new Error(`${email} could not come in: ${await answer.text()}`);
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  return teammateAt(server, { email, cookie });
}

export interface Team {
  readonly olga: Teammate;
  readonly jane: Teammate;
  readonly bob: Teammate;
}

/** The people of the page on a new server: its first owner olga invites jane and bob, who may ask and approve. */
export async function gatherTeam(server: ServerProcess): Promise<Team> {
  const [, link = ''] = /^ {2}(http\S+\/set-password#\S+)$/m.exec(server.stdout()) ?? [];
  const olga = await useLink(server, 'admin@localhost', link);
  const invite = async (name: string): Promise<Teammate> => {
    const email = `${name}@example.com`;
    const invited = await olga.api.call('inviteMember', { body: { email, name, role: 'admin' } });
    return useLink(server, email, invited.link.url);
  };
  return { olga, jane: await invite('jane'), bob: await invite('bob') };
}

/** The Git address of a project for somebody, with a new token in it. */
export async function gitAddress({ origin }: Origin, { api }: Teammate, slug: string): Promise<string> {
  const { secret } = await api.call('createToken', { body: { name: 'git', scopes: ['read', 'push'] } });
  const { host } = new URL(origin);
  return `http://token:${secret}@${host}/git/${slug}`;
}
