import { join, resolve } from 'node:path';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { CommandContext } from '../program.ts';
import { type Environment, variable } from './variable.ts';

/** One server, with who is signed in there and what commands are about when nothing else is said. */
export interface HubContext {
  readonly name: string;
  readonly server: string;
  readonly token?: string;
  /** The id of the token where signing in made it, so that signing out revokes it. */
  readonly tokenId?: string;
  /** Who the token belongs to, to show it without asking the server. */
  readonly account?: string;
  readonly project?: string;
  readonly tenant?: string;
  readonly environment?: string;
}

/** All that is kept between two runs. */
export interface Config {
  /** The name of the context that counts when none is named. */
  readonly current: string | undefined;
  readonly contexts: readonly HubContext[];
}

/** Where it is kept, as an absolute path. Throws `config_nowhere`. */
export function configPath(env: Environment, cwd: string): string {
  const named = variable(env, 'KNOWNGOOD_CONFIG');
  if (named !== undefined) return resolve(cwd, named);
  const folder = variable(env, 'XDG_CONFIG_HOME');
  if (folder !== undefined) return join(folder, 'knowngood/config.json');
  const home = variable(env, 'HOME') ?? variable(env, 'USERPROFILE');
  if (home === undefined) throw new Refusal('config_nowhere');
  return join(home, '.config/knowngood/config.json');
}

const optional = ['token', 'tokenId', 'account', 'project', 'tenant', 'environment'] as const;

function readContext(value: unknown): HubContext {
  if (typeof value !== 'object' || value === null) throw new Error('a context is no object');
  const found = value as Readonly<Record<string, unknown>>;
  const { name, server } = found;
  if (typeof name !== 'string' || typeof server !== 'string')
    throw new Error('a context has no name or no server');
  const kept = optional.flatMap((key) => {
    const text = found[key];
    return typeof text === 'string' ? [[key, text] as const] : [];
  });
  return { name, server, ...Object.fromEntries(kept) };
}

function parseConfig(text: string): Config {
  const value = JSON.parse(text) as { readonly current?: unknown; readonly contexts?: unknown } | null;
  if (!Array.isArray(value?.contexts)) throw new Error('it has no list of contexts');
  const current = typeof value.current === 'string' ? value.current : undefined;
  return { current, contexts: value.contexts.map(readContext) };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

type Place = Pick<CommandContext, 'terminal' | 'hub'>;

/** What is kept; nothing where there is no file. Throws `config_damaged`. */
export async function readConfig({ terminal, hub }: Place): Promise<Config> {
  const path = configPath(terminal.env, terminal.cwd);
  let text: string | undefined;
  try {
    text = await hub.readFile(path);
  } catch (error) {
    throw new Refusal('config_unusable', { path, reason: reasonOf(error) });
  }
  if (text === undefined) return { current: undefined, contexts: [] };
  try {
    return parseConfig(text);
  } catch (error) {
    // The words of JSON.parse quote the text, and the text holds tokens.
    const reason = error instanceof SyntaxError ? 'it is no JSON' : reasonOf(error);
    throw new Refusal('config_damaged', { path, reason });
  }
}

/** Keeps it, for the owner's eyes only. Throws `config_unusable`. */
export async function writeConfig({ terminal, hub }: Place, config: Config): Promise<void> {
  const path = configPath(terminal.env, terminal.cwd);
  try {
    await hub.writePrivateFile(path, `${JSON.stringify(config, undefined, 2)}\n`);
  } catch (error) {
    throw new Refusal('config_unusable', { path, reason: reasonOf(error) });
  }
}

/** The same with one context put in, in the place of the one of that name. */
export const withContext = ({ current, contexts }: Config, context: HubContext): Config => ({
  current,
  contexts: contexts.some(({ name }) => name === context.name)
    ? contexts.map((kept) => (kept.name === context.name ? context : kept))
    : [...contexts, context],
});
