import { Refusal } from '../../domain/refusal/refusal.ts';
import { errorStyle } from '../style.ts';
import { printable } from '../printable.ts';
import type { Terminal } from '../terminal.ts';
import { chooseContext } from './choose-context.ts';
import type { Config, HubContext } from './config.ts';
import type { ServerOptions } from './server-options.ts';
import { type Environment, variable } from './variable.ts';

/** Where a command acts that exists in both worlds. */
export type Place =
  | { readonly where: 'repository'; readonly repo: string }
  | { readonly where: 'server'; readonly context: HubContext };

/**
 * `--repo` means a repository here; `--project`, `--server` or `--context`, their variables, or a current context with
 * a project mean a server; otherwise it is the repository of the current folder. Throws `place_ambiguous`.
 */
export function choosePlace(
  config: Config,
  options: ServerOptions & { readonly repo?: string },
  env: Environment,
): Place {
  const { repo, project, server, context } = options;
  if (repo !== undefined) {
    const given = { '--project': project, '--server': server, '--context': context };
    const [option] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
    if (option !== undefined) throw new Refusal('place_ambiguous', { option });
    return { where: 'repository', repo };
  }
  const asked = project ?? server ?? context ?? variable(env, 'KNOWNGOOD_PROJECT');
  const chosen = chooseContext(config, options, env);
  if (asked === undefined && chosen?.project === undefined) return { where: 'repository', repo: '.' };
  if (!chosen) throw new Refusal('server_unchosen');
  return { where: 'server', context: chosen };
}

/** Says on stderr, to a person, where a command acts that could act elsewhere. */
export function notePlace(terminal: Terminal, place: Place): void {
  if (!terminal.stderrIsTerminal) return;
  const text =
    place.where === 'repository'
      ? `in the repository ${place.repo}`
      : `in project ${place.context.project ?? '(none)'} at ${place.context.server} (--repo DIR for a repository here)`;
  terminal.stderr.write(`${errorStyle(terminal).faint(printable(text))}\n`);
}
