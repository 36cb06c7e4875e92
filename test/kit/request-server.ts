import { Registry } from 'prom-client';
import { operationIds } from '../../src/contract/operations.ts';
import type { Account, TokenScope } from '../../src/domain/people/actor.ts';
import { Refusal } from '../../src/domain/refusal/refusal.ts';
import { buildServer } from '../../src/http/build-server.ts';
import type { Handlers } from '../../src/http/handler.ts';
import { answersAgain } from '../../src/http/handlers/answers-again.ts';
import { breakGlassHandlers } from '../../src/http/handlers/break-glass.ts';
import { door } from '../../src/http/handlers/door.ts';
import { idempotencyKeys } from '../../src/http/handlers/idempotency-keys.ts';
import { holdHandlers } from '../../src/http/handlers/holds.ts';
import { policyHandlers } from '../../src/http/handlers/policies.ts';
import { requestHandlers, submissionHandlers } from '../../src/http/handlers/requests.ts';
import { type TestHub, actorAgain } from './hub.ts';

export interface Answer {
  readonly status: number;
  /** Whatever came back, for `toMatchObject`. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The text of a refusal. */
  readonly message: string;
  readonly code: string;
}

/** Calls an operation as somebody: `jane` with a session, `jane:token:read,approve` with such a token. */
export type Call = (
  who: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
) => Promise<Answer>;

export interface RequestServer extends AsyncDisposable {
  readonly call: Call;
}

/** The real server over the real use cases of requests, policies and break-glass; `people` can sign in by name. */
export function requestServer(
  hub: TestHub,
  people: Readonly<Record<string, Pick<Account, 'id'>>>,
): RequestServer {
  const missing = Object.fromEntries(operationIds.map((id) => [id, () => Promise.reject(new Error(id))]));
  const handlers = {
    ...missing,
    ...requestHandlers(hub),
    ...submissionHandlers(hub),
    ...policyHandlers(hub),
    ...breakGlassHandlers(hub),
    ...holdHandlers(hub),
  } as unknown as Handlers;
  const { fastify, stop } = buildServer({
    handlers,
    resolveCredential: async ({ secret }) => {
      const [name = '', kind = 'session', scopes = ''] = secret.split(':');
      const account = people[name];
      if (!account || (kind !== 'session' && kind !== 'token')) return undefined;
      const listed = kind === 'token' ? (scopes.split(',') as TokenScope[]) : undefined;
      return actorAgain(hub, account.id, { kind, scopes: listed });
    },
    authorise: door(hub).authorise,
    answersAgain: answersAgain(hub),
    idempotencyKeys: idempotencyKeys(hub),
    serveGit: () => Promise.reject(new Refusal('not_visible', { what: 'this project' })),
    receiveHook: () => Promise.reject(new Refusal('not_visible', { what: 'this project' })),
    readiness: () => Promise.resolve({}),
    clock: Date.now,
    log: { level: 'silent', write: () => undefined },
    registry: new Registry(),
    limits: { callsAtOnce: 100_000, callsPerSecond: 100_000 },
  });
  const call: Call = async (who, method, path, body) => {
    const answer = await fastify.inject({
      method,
      url: `/api/v2${path}`,
      headers: who === '' ? {} : { authorization: `Bearer ${who}` },
      ...(body === undefined ? {} : { payload: body }),
    });
    const read = answer.json<Record<string, unknown> & { error?: { message: string; code: string } }>();
    const { message = '', code = '' } = read.error ?? {};
    return { status: answer.statusCode, body: read, message, code };
  };
  return { call, [Symbol.asyncDispose]: stop };
}
