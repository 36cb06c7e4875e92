import type { TokenScope } from '../../src/domain/people/actor.ts';
import { openSession } from '../../src/app/people/open-session.ts';
import { makeToken } from '../../src/app/people/make-token.ts';
import type { ServerOptions } from '../../src/http/build-server.ts';
import type { Handlers } from '../../src/http/handler.ts';
import { accountHandlers } from '../../src/http/handlers/accounts.ts';
import { answersAgain } from '../../src/http/handlers/answers-again.ts';
import { authHandlers } from '../../src/http/handlers/auth.ts';
import { door } from '../../src/http/handlers/door.ts';
import { idempotencyKeys } from '../../src/http/handlers/idempotency-keys.ts';
import { tokenHandlers } from '../../src/http/handlers/tokens.ts';
import { type TestServer, testServer } from '../../src/http/server.test-kit.ts';
import { type TestHub, actorAgain } from './hub.ts';

/** A server over a hub, with its real door and the handlers of people. */
export const hubServer = (
  hub: TestHub,
  handlers: Partial<Handlers> = {},
  options: Partial<Omit<ServerOptions, 'handlers'>> = {},
): TestServer =>
  testServer(
    {
      ...authHandlers(hub),
      ...accountHandlers(hub),
      ...tokenHandlers(hub),
      ...handlers,
    },
    {
      ...door(hub),
      answersAgain: answersAgain(hub),
      idempotencyKeys: idempotencyKeys(hub),
      clock: hub.clock,
      ...options,
    },
  );

const from = { address: '192.0.2.1', userAgent: undefined };

/** Headers of a browser in which somebody is signed in. */
export async function signedIn(
  hub: TestHub,
  { id: accountId }: { readonly id: string },
): Promise<{ readonly cookie: string }> {
  const wish = { accountId, from, oldSecret: undefined, action: 'account.signed_in' } as const;
  const { secret } = await hub.store.tx((tx) => openSession(hub, tx, wish));
  return { cookie: `knowngood-session=${secret}` };
}

/** Headers of a program that has a token of somebody. */
export async function withToken(
  hub: TestHub,
  { id: accountId }: { readonly id: string },
  scopes: readonly TokenScope[],
): Promise<{ readonly authorization: string }> {
  const actor = await actorAgain(hub, accountId);
  const wish = { name: 'test', scopes, accountId };
  const { secret } = await hub.store.tx((tx) => makeToken(hub, tx, actor, wish));
  return { authorization: `Bearer ${secret}` };
}

/** Status and code of an error, or the status alone. */
export function outcome(answer: { readonly statusCode: number; readonly body: string }): string {
  const { statusCode, body } = answer;
  if (statusCode < 400) return String(statusCode);
  return `${statusCode} ${(JSON.parse(body) as { error: { code: string } }).error.code}`;
}

export interface Reply {
  /** As `outcome` says it. */
  readonly outcome: string;
  readonly body: Readonly<Record<string, unknown>> & { readonly id: string };
}

/** Calls operations of a server with these headers. */
export const caller =
  (server: TestServer, headers: Readonly<Record<string, string>>) =>
  async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object): Promise<Reply> => {
    const answer = await server.fastify.inject({
      method,
      url: `/api/v2${path}`,
      headers: { ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    const body = answer.body === '' ? {} : answer.json<Record<string, unknown>>();
    return { outcome: outcome(answer), body: body as Reply['body'] };
  };
