import { Registry } from 'prom-client';
import { operationIds } from '../../src/contract/operations.ts';
import type { Hub } from '../../src/app/hub.ts';
import { findProject } from '../../src/app/projects/find-project.ts';
import { findRequest } from '../../src/app/requests/find-request.ts';
import { findSession } from '../../src/app/break-glass/find-session.ts';
import type { Account, TokenScope } from '../../src/domain/actor.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { decideAll, decideSomewhere } from '../../src/domain/rights.ts';
import { demand } from '../../src/domain/verdict.ts';
import type { Verb } from '../../src/domain/verb.ts';
import { placesOf } from '../../src/domain/votes.ts';
import { buildServer } from '../../src/http/build-server.ts';
import type { Handlers } from '../../src/http/handler.ts';
import { breakGlassHandlers } from '../../src/http/handlers/break-glass.ts';
import { policyHandlers } from '../../src/http/handlers/policies.ts';
import { requestHandlers, submissionHandlers } from '../../src/http/handlers/requests.ts';
import type { Admission } from '../../src/http/operation-route.ts';
import { memoryKeys } from '../../src/http/server.test-kit.ts';
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
    authorise: (admission) => authorise(hub, admission),
    idempotencyKeys: memoryKeys(),
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

/** 404, then 403, before the body is read. */
async function authorise(
  hub: Hub,
  { actor, access, about, params, rollbacksOnly }: Admission,
): Promise<void> {
  if (access === 'public' || access === 'signed_in') return;
  const id = params['id'] ?? '';
  if (about === 'project') {
    const project = await findProject(hub.store, actor, params['slug'] ?? '');
    demand(decideSomewhere(actor, access, project.id));
  } else if (about === 'request') {
    const kind = rollbacksOnly ? ('rollback' as const) : undefined;
    const request = await findRequest(hub.store, actor, { id, kind });
    demand(decideAll(actor, access, placesOf(request)));
  } else {
    const session = await findSession(hub.store, actor, id);
    demand(decideSomewhere(actor, ownSession(access), session.projectId));
  }
}

/** Whoever holds a session may end it, which the use case knows. */
const ownSession = (access: Verb): Verb => (access === 'break_glass' ? 'read' : access);
