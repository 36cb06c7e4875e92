import type { ApiError } from '../../contract/api-error.ts';
import type { Client } from '../../contract/client.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { CommandContext } from '../program.ts';
import { ServerRefusal } from '../server-refusal.ts';
import { chooseContext } from './choose-context.ts';
import { type HubContext, readConfig } from './config.ts';
import { reach } from './reach.ts';
import type { ServerOptions } from './server-options.ts';

/** A server that can be called, and the context in which it is. */
export interface Connection {
  readonly client: Client;
  readonly context: HubContext;
}

const api = 'v2';

/** By its name: the class itself comes with the client, which is loaded late. */
const isApiError = (error: unknown): error is ApiError => error instanceof Error && error.name === 'ApiError';

/** A No of the server as one of ours; what is no answer of a Knowngood server is told as that. */
async function inOurWords(thrown: unknown, ask: Pick<Client, 'call'>, facts: Facts): Promise<unknown> {
  if (!isApiError(thrown)) return thrown;
  const { server, own_version } = facts;
  const { status } = thrown;
  if (thrown.code === 'answer_malformed' && status < 500)
    return new Refusal('server_foreign', { server, status, api });
  if (thrown.code !== 'route_unknown') return new ServerRefusal(thrown);
  const found = await ask.call('getVersion').catch(() => undefined);
  return found
    ? new Refusal('server_differs', { server, server_version: found.version, own_version })
    : new Refusal('server_foreign', { server, status, api });
}

interface Facts {
  readonly server: string;
  readonly own_version: string;
}

/** A client for a server, with or without a token; every error it throws is a refusal in words. */
export async function openClient(
  { hub, version }: Pick<CommandContext, 'hub' | 'version'>,
  { server, token }: Pick<HubContext, 'server' | 'token'>,
): Promise<Client> {
  const createClient = await hub.loadClient();
  const client = createClient({
    server,
    fetch: reach(hub, server),
    headers: () => ({
      'user-agent': `knowngood/${version}`,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    }),
  });
  const facts = { server, own_version: version };
  const explained = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch(async (error: unknown) => {
      throw await inOurWords(error, client, facts);
    });
  return {
    call: (id, ...input) => explained(client.call(id, ...input)),
    text: (id, ...input) => explained(client.text(id, ...input)),
    url: client.url,
  };
}

/** Connects as whoever is signed in there. Throws `server_unchosen`, `not_signed_in`, `context_unknown`. */
export async function connect(context: CommandContext, options: ServerOptions): Promise<Connection> {
  const chosen = chooseContext(await readConfig(context), options, context.terminal.env);
  if (!chosen) throw new Refusal('server_unchosen');
  return connectTo(context, chosen);
}

/** The same for a context that is chosen already. */
export async function connectTo(context: CommandContext, chosen: HubContext): Promise<Connection> {
  if (chosen.token === undefined) throw new Refusal('not_signed_in', { server: chosen.server });
  return { client: await openClient(context, chosen), context: chosen };
}

/** The project that a command is about. Throws `project_unchosen`. */
export function projectOf({ context: { project } }: Pick<Connection, 'context'>): string {
  if (project === undefined) throw new Refusal('project_unchosen');
  return project;
}
