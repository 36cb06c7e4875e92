import type { Command } from 'commander';
import type { OpenOptions } from '../../app/open-branch.ts';
import type { Moment } from '../../app/resolve-target.ts';
import type { Terminal } from '../terminal.ts';
import { type ServerOptions, addServerOptions } from '../hub/server-options.ts';
import { repeatedOption } from '../repeated-option.ts';
import { resolvePath } from './resolve-path.ts';

/** The options that say which repository, branch and scope a local command is about. */
export interface ScopeOptions extends ServerOptions {
  readonly repo?: string;
  readonly branch?: string;
  readonly layout?: readonly string[];
  readonly tenant?: string;
  readonly environment?: string;
  readonly service?: string;
  readonly offline?: boolean;
  readonly output?: 'json' | 'yaml' | 'wide';
}

export const addScopeOptions = (command: Command): Command =>
  addTenantOptions(command)
    .option('-e, --environment <name>', 'the environment')
    .option('-s, --service <name>', 'one service; without it the whole tenant-environment');

/** The same without environment and service, for commands that name them their own way. */
export const addTenantOptions = (command: Command): Command =>
  addServerOptions(command)
    .option('--repo <dir>', 'the clone or bare repository to work in')
    .option('--branch <name>', 'the branch (default: the one that is checked out)')
    .addOption(
      repeatedOption(
        '--layout <template>',
        'a path template, such as apps/{environment}/{service}/**; repeatable',
      ),
    )
    .option('-t, --tenant <name>', 'the tenant')
    .option('--offline', 'use what was fetched last');

/** Options that mean nothing on a server. */
export const repositoryOptions = ['branch', 'layout', 'offline'] as const;

/** How to open the repository that a command is about. */
export function openOptions(
  options: ScopeOptions & { readonly repo: string },
  terminal: Terminal,
  onProgress?: (text: string) => void,
): OpenOptions {
  return {
    path: resolvePath(terminal.cwd, options.repo),
    branch: options.branch,
    templates: options.layout ?? [],
    offline: options.offline ?? false,
    interactive: terminal.interactive,
    onProgress,
  };
}

/** Now, here. */
export function thisMoment(now: number): Moment {
  return { now, zoneMinutes: -new Date(now).getTimezoneOffset() };
}
