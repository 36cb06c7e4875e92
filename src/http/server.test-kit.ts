import { Registry } from 'prom-client';
import { operationIds } from '../contract/operations.ts';
import type { Actor, AskedOnce } from '../domain/people/actor.ts';
import { actorOf } from '../domain/people/actor.test-kit.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { demandRight } from '../domain/people/rights.ts';
import { buildServer } from './build-server.ts';
import type { HubServer, ServerOptions } from './build-server.ts';
import type { PresentedCredential } from './credential.ts';
import type { AnswersAgain, Handlers } from './handler.ts';
import type { IdempotencyKeys, KeptReply } from './idempotency.ts';
import type { Admission } from './operation-route.ts';

/** Who can come in here, by the secret of their session or token. */
const people: Readonly<Record<string, Actor>> = {
  'vera-secret': actorOf({ id: 'usr_vera', role: 'viewer' }),
  'jane-secret': actorOf({ id: 'usr_jane', role: 'member' }),
  'bob-secret': actorOf({ id: 'usr_bob', role: 'admin' }),
  'olga-secret': actorOf({ id: 'usr_olga', role: 'owner' }),
  'narrow-secret': actorOf(
    { id: 'usr_jane', role: 'member' },
    { kind: 'token', id: 'tok_1', scopes: ['read'] },
  ),
};

/** Keys in memory, with the rules of the store's table but that nothing is noted with a change. */
export function memoryKeys(): IdempotencyKeys {
  const rows = new Map<string, { fingerprint: string; reply: KeptReply | undefined }>();
  const nameOf = ({ client, key }: AskedOnce) => `${client} ${key}`;
  return {
    start: (call) => {
      const { fingerprint } = call;
      const row = rows.get(nameOf(call));
      if (row === undefined) {
        rows.set(nameOf(call), { fingerprint, reply: undefined });
        return Promise.resolve({ kind: 'started' });
      }
      if (row.fingerprint !== fingerprint) return Promise.resolve({ kind: 'mismatch' });
      if (row.reply === undefined) return Promise.resolve({ kind: 'in_flight' });
      return Promise.resolve({ kind: 'finished', reply: row.reply });
    },
    finish: (once, reply) => {
      const fingerprint = rows.get(nameOf(once))?.fingerprint ?? '';
      return Promise.resolve(rows.set(nameOf(once), { fingerprint, reply }));
    },
    letGo: (once) => Promise.resolve(rows.delete(nameOf(once))),
  };
}

/** Project `shop` exists and everybody here may see it; the real rules decide about verbs. */
function authorise({ actor, access, about, params }: Admission): Promise<void> {
  if (about === 'project' && params['slug'] !== 'shop')
    throw new Refusal('not_visible', { what: 'this project' });
  if (about === 'request' && params['id'] !== 'rbk-1')
    throw new Refusal('not_visible', { what: 'this request' });
  if (access !== 'public' && access !== 'signed_in') demandRight(actor, access);
  return Promise.resolve();
}

export interface TestServer extends HubServer, AsyncDisposable {
  /** Ids of the operations whose handler ran. */
  readonly ran: string[];
  readonly log: string[];
}

/** A whole server over handlers that a test brings; any other operation answers with `undefined` and so fails. */
export function testServer(
  handlers: Partial<Handlers> = {},
  options: Partial<Omit<ServerOptions, 'handlers'>> = {},
): TestServer {
  const ran: string[] = [];
  const log: string[] = [];
  const all = Object.fromEntries(
    operationIds.map((id) => [
      id,
      (call: never) => {
        ran.push(id);
        const handler = handlers[id] as ((call: never) => Promise<unknown>) | undefined;
        return handler ? handler(call) : Promise.resolve();
      },
    ]),
  ) as unknown as Handlers;
  const server = buildServer({
    handlers: all,
    resolveCredential: (credential: PresentedCredential) => Promise.resolve(people[credential.secret]),
    authorise,
    answersAgain: {} as AnswersAgain,
    idempotencyKeys: memoryKeys(),
    serveGit: () => Promise.reject(new Refusal('not_visible', { what: 'this project' })),
    receiveHook: () => Promise.reject(new Refusal('not_visible', { what: 'this project' })),
    readiness: () => Promise.resolve({}),
    clock: () => 0,
    log: { level: 'info', write: (line) => log.push(line) },
    registry: new Registry(),
    ...options,
  });
  return { ...server, ran, log, [Symbol.asyncDispose]: server.stop };
}

/** Headers of somebody who uses a token. */
export const bearer = (name: string): Record<string, string> => ({ authorization: `Bearer ${name}-secret` });
