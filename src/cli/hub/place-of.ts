import { Refusal } from '../../domain/refusal/refusal.ts';
import type { CommandContext } from '../program.ts';
import { type Place, choosePlace, notePlace } from './choose-place.ts';
import { type Config, readConfig } from './config.ts';
import type { ServerOptions } from './server-options.ts';

type Options = ServerOptions & { readonly repo?: string };

/** Where a command acts, told where nobody said it. Throws what `choosePlace` throws. */
export async function placeOf(context: CommandContext, options: Options): Promise<Place> {
  const { terminal } = context;
  // A repository here needs no server, and so not what is kept about servers.
  const config = options.repo === undefined ? await configIfAny(context) : nothing;
  const place = choosePlace(config, options, terminal.env);
  if (options.repo === undefined && options.project === undefined) notePlace(terminal, place);
  return place;
}

const nothing: Config = { current: undefined, contexts: [] };

async function configIfAny(context: CommandContext): Promise<Config> {
  try {
    return await readConfig(context);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'config_nowhere') return nothing;
    throw error;
  }
}

/** The option of this name as it is typed. */
export const flagOf = (name: string): string =>
  `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Throws `option_elsewhere` for the first of these options that was given: it means nothing where the command acts. */
export function refuseOptions<Given extends object>(
  { where }: Place,
  options: Given,
  names: readonly (keyof Given & string)[],
): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const other =
    where === 'server'
      ? { place: 'a repository here', way: 'name one with --repo' }
      : { place: 'a project on a server', way: 'name one with -p' };
  throw new Refusal('option_elsewhere', { option: flagOf(given), ...other });
}
