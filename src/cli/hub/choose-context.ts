import { Refusal } from '../../domain/refusal/refusal.ts';
import { suggestion } from '../../std/nearest.ts';
import type { Config, HubContext } from './config.ts';
import type { ServerOptions } from './server-options.ts';
import { nameOfServer, serverAddress } from './server-address.ts';
import { type Environment, variable } from './variable.ts';

/** The context of this name. Throws `context_unknown`. */
export function contextNamed({ contexts }: Config, name: string): HubContext {
  const found = contexts.find((context) => context.name === name);
  if (found) return found;
  const names = contexts.map((context) => context.name);
  throw new Refusal('context_unknown', { context: name, suggestion: suggestion(name, names) });
}

/** The context of a server, or a new one that nobody is signed in to: a token is for its own server alone. */
function contextOfServer({ current, contexts }: Config, server: string): HubContext {
  const same = contexts.filter((context) => context.server === server);
  return same.find(({ name }) => name === current) ?? same[0] ?? { name: nameOfServer(server), server };
}

/**
 * Which server, as whom and about which project: options first, then the environment, then the current context.
 * `undefined` when there is no server. Throws `context_unknown`, `server_malformed`.
 */
export function chooseContext(
  config: Config,
  options: ServerOptions,
  env: Environment,
): HubContext | undefined {
  const server =
    options.server ?? (options.context === undefined ? variable(env, 'KNOWNGOOD_SERVER') : undefined);
  const chosen =
    options.context !== undefined
      ? contextNamed(config, options.context)
      : server !== undefined
        ? contextOfServer(config, serverAddress(server))
        : config.contexts.find(({ name }) => name === config.current);
  if (!chosen) return undefined;
  const token = variable(env, 'KNOWNGOOD_TOKEN') ?? chosen.token;
  const project = options.project ?? variable(env, 'KNOWNGOOD_PROJECT') ?? chosen.project;
  const { account, tokenId, ...rest } = chosen;
  return {
    ...rest,
    ...(token === undefined ? {} : { token }),
    ...(project === undefined ? {} : { project }),
    // Of whom the token in the environment is, nobody has said.
    ...(token !== chosen.token
      ? {}
      : { ...(account === undefined ? {} : { account }), ...(tokenId === undefined ? {} : { tokenId }) }),
  };
}
