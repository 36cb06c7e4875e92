import { join } from 'node:path';
import { Registry } from 'prom-client';
import { followAudit } from '../../src/app/events/event-log.ts';
import { makeToken } from '../../src/app/people/make-token.ts';
import { passwordHasher } from '../../src/app/people/passwords.ts';
import { startIndexing } from '../../src/app/projects/start-indexing.ts';
import { type Client, createClient } from '../../src/contract/client.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { type TokenScope, tokenScopes } from '../../src/domain/people/actor.ts';
import { Refusal } from '../../src/domain/refusal/refusal.ts';
import { buildServer } from '../../src/http/build-server.ts';
import { answersAgain } from '../../src/http/handlers/answers-again.ts';
import { door } from '../../src/http/handlers/door.ts';
import { hubHandlers } from '../../src/http/handlers/hub-handlers.ts';
import { idempotencyKeys } from '../../src/http/handlers/idempotency-keys.ts';
import { type HubTestOptions, type TestHub, actorAgain, makeHub, person } from './hub.ts';
import { temporaryFolder } from './repository.ts';
import { type LocalResult, runLocal } from './run-local.ts';

/** A hub that answers on this machine, and the command line in front of it. */
export interface HubCli extends AsyncDisposable {
  readonly hub: TestHub;
  readonly origin: string;
  /** The file of sign-ins that all runs share. */
  readonly config: string;
  /** Runs a command as nobody in particular: whoever signed in by `login`. */
  readonly run: (words: readonly string[], overrides?: Partial<Terminal> & Typed) => Promise<LocalResult>;
  /** Runs a command as somebody, with a token in the environment. */
  readonly as: (
    name: string,
    words: readonly string[],
    overrides?: Partial<Terminal> & Typed,
  ) => Promise<LocalResult>;
  /** The interface of the server as somebody, for what is no command. */
  readonly api: (name: string) => Client;
  /** Adds somebody who can be named in `as`. */
  readonly add: (
    name: string,
    as?: Parameters<typeof person>[2],
    scopes?: readonly TokenScope[],
  ) => Promise<{ readonly id: string; readonly secret: string }>;
}

interface Typed {
  /** What stdin holds. */
  readonly input?: string;
}

export const password = 'correct horse battery';
const kept = passwordHasher().hash(password);

/** Lets somebody sign in with the password of the tests. */
export async function givePassword(
  { hub }: Pick<HubCli, 'hub'>,
  { id }: { readonly id: string },
): Promise<void> {
  const found = await hub.store.accounts.get(id);
  if (!found) throw new Error(`there is no account ${id}`);
  const account = { ...found, login: found.email, passwordHash: await kept };
  await hub.store.tx((tx) => tx.accounts.change(account));
}

/** A real server over real use cases, with its loops that matter to a person who waits. */
export async function hubCli(options: HubTestOptions = {}): Promise<HubCli> {
  const hub = await makeHub(options);
  const errors: unknown[] = [];
  const events = await followAudit(hub, (error) => errors.push(error));
  const indexing = startIndexing(hub, (error) => errors.push(error));
  const server = buildServer({
    ...door(hub),
    handlers: hubHandlers(hub, { version: '1.2.3', events }),
    answersAgain: answersAgain(hub),
    idempotencyKeys: idempotencyKeys(hub),
    serveGit: () => Promise.reject(new Refusal('not_visible', { what: 'this project' })),
    receiveHook: () => Promise.reject(new Refusal('not_visible', { what: 'this project' })),
    readiness: () => Promise.resolve({}),
    clock: hub.clock,
    log: { level: 'silent', write: () => undefined },
    registry: new Registry(),
    limits: { grace: 0 },
  });
  await server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const address = server.fastify.server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const config = join(temporaryFolder('config'), 'knowngood/config.json');
  const tokens = new Map<string, string>();
  const run: HubCli['run'] = (words, overrides = {}) =>
    runLocal(words, { ...overrides, env: { KNOWNGOOD_CONFIG: config, ...overrides.env } });
  return {
    hub,
    origin,
    config,
    run,
    as: (name, words, overrides = {}) => {
      const env = { KNOWNGOOD_SERVER: origin, KNOWNGOOD_TOKEN: tokens.get(name), ...overrides.env };
      return run(words, { ...overrides, env });
    },
    add: async (name, as, scopes = tokenScopes) => {
      const { id: accountId } = await person(hub, name, as);
      const actor = await actorAgain(hub, accountId);
      const wish = { name: 'test', scopes, accountId };
      const { secret } = await hub.store.tx((tx) => makeToken(hub, tx, actor, wish));
      tokens.set(name, secret);
      return { id: accountId, secret };
    },
    api: (name) =>
      createClient({
        server: origin,
        fetch,
        headers: () => ({ authorization: `Bearer ${tokens.get(name) ?? ''}` }),
      }),
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await Promise.all([indexing.stop(), events.stop()]);
      await hub[Symbol.asyncDispose]();
      if (errors.length > 0) throw new AggregateError(errors, 'behind the scenes');
    },
  };
}
