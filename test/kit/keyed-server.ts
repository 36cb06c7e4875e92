import { accountHandlers } from '../../src/http/handlers/accounts.ts';
import { breakGlassHandlers } from '../../src/http/handlers/break-glass.ts';
import { projectHandlers } from '../../src/http/handlers/projects.ts';
import { requestHandlers, submissionHandlers } from '../../src/http/handlers/requests.ts';
import { webhookHandlers } from '../../src/http/handlers/webhooks.ts';
import type { TestHub } from './hub.ts';
import { hubServer, signedIn } from './hub-server.ts';

/** One POST, with a key. */
export interface KeyedWish {
  readonly path: string;
  readonly body?: object;
  readonly key: string;
}

/** The answer as it came. */
export interface KeyedAnswer {
  readonly status: number;
  readonly body: string;
  /** It was kept from an earlier call, or made again for one. */
  readonly replayed: boolean;
}

/** A server over everything that is asked for by POST; an account of this id asks with a session of its own. */
export function keyedServer(hub: TestHub) {
  const server = hubServer(hub, {
    ...projectHandlers(hub),
    ...submissionHandlers(hub),
    ...requestHandlers(hub),
    ...breakGlassHandlers(hub),
    ...accountHandlers(hub),
    ...webhookHandlers(hub),
  });
  const doors = new Map<string, { readonly cookie: string }>();
  const doorOf = async (id: string): Promise<{ readonly cookie: string }> => {
    const door = doors.get(id) ?? (await signedIn(hub, { id }));
    doors.set(id, door);
    return door;
  };
  const ask = async (accountId: string, { path, body, key }: KeyedWish): Promise<KeyedAnswer> => {
    const answer = await server.fastify.inject({
      method: 'POST',
      url: `/api/v2${path}`,
      headers: { ...(await doorOf(accountId)), 'idempotency-key': key },
      ...(body === undefined ? {} : { payload: body }),
    });
    const replayed = answer.headers['idempotent-replay'] === 'true';
    return { status: answer.statusCode, body: answer.body, replayed };
  };
  return { ask, doorOf, log: server.log, [Symbol.asyncDispose]: server.stop };
}
