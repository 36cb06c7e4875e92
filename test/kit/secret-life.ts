import { expect } from 'vitest';
import type { SecretLedger } from './secret-ledger.ts';
import type { ServerProcess } from './server-process.ts';

export type Headers = Readonly<Record<string, string>>;

/** What came back, all of which is in the ledger. */
interface Heard {
  readonly status: number;
  readonly cookie: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Calls the server; `name` is that of its answer in the ledger. */
type Call = (name: string, call: CallOf) => Promise<Heard>;
export interface CallOf {
  readonly method?: string;
  readonly path: string;
  readonly body?: object | string;
  readonly headers?: Headers;
}

/** A server, and the ledger of what was said to it and what it said. */
export interface Life {
  readonly server: ServerProcess;
  readonly ledger: SecretLedger;
  readonly call: Call;
}

const caller =
  ({ origin }: ServerProcess, ledger: SecretLedger): Call =>
  async (name, { method = 'POST', path, body, headers = {} }) => {
    const answer = await fetch(`${origin}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': name.replaceAll(/\W/g, '-') } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const head = JSON.stringify([...answer.headers]);
    ledger.heard(name, `${head}\n${text}`);
    const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
    const isJson = /^application\/json(;|$)/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, cookie, body: isJson ? (JSON.parse(text) as Heard['body']) : {} };
  };

export const lifeOf = (server: ServerProcess, ledger: SecretLedger): Life => ({
  server,
  ledger,
  call: caller(server, ledger),
});

export const api = (path: string): string => `/api/v2${path}`;

/** Uses a link for a password; the headers of the session that this opens. */
export async function comeIn({ call, ledger }: Life, name: string, link: string): Promise<Headers> {
  const password = ledger.typed(`the password of ${name}`);
  const secret = link.split('#')[1];
  const answer = `coming in as ${name}`;
  const { status, cookie } = await call(answer, {
    path: api('/auth/one-time-link'),
    body: { secret, password },
  });
  expect(status).toBe(200);
  ledger.shown(`the session of ${name}`, cookie.split('=')[1] ?? '', answer);
  return { cookie };
}

/** Invites an admin, who loses the first link, and comes in with the second. */
export async function invite(life: Life, name: string, owner: Headers): Promise<Headers> {
  const answer = `inviting ${name}`;
  const email = `${name}@example.com`;
  const wish = { path: api('/members'), body: { email, name, role: 'admin' }, headers: owner };
  const invited = await life.call(answer, wish);
  const { link, member } = invited.body as { link: { url: string }; member: { id: string } };
  life.ledger.shown(`the link of ${name}`, link.url.split('#')[1] ?? '', answer);
  // The same again with the same key: what is kept of the first answer must not hold the link.
  await life.call(`${answer} `, wish);
  const who = await comeIn(life, name, link.url);
  const again = `a new link for ${name}`;
  const reset = await life.call(again, { path: api(`/members/${member.id}/reset-link`), headers: owner });
  const url = String(reset.body['url']);
  life.ledger.shown(`the second link of ${name}`, url.split('#')[1] ?? '', again);
  const me = { method: 'GET', path: api('/me'), headers: who };
  expect((await life.call(`${name} without a session`, me)).status).toBe(401);
  return comeIn(life, `${name} again`, url);
}
