import { type Command, InvalidArgumentError } from 'commander';
import { readRevisionText } from '../../domain/plan/revision-text.ts';
import type { HubAccess } from '../hub-access.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

/** Which entries of the log are meant; everything given must hold. */
export interface AuditFilterOptions extends ServerOptions {
  readonly actor?: string;
  readonly action?: string;
  readonly request?: string;
  readonly flag?: string;
  readonly from?: string;
  readonly to?: string;
}

/** The options that choose entries of the log. Without any, it is the whole log. */
export const addAuditFilter = (command: Command): Command =>
  addServerChoice(command)
    .option('-p, --project <slug>', 'of this project alone')
    .option('--actor <id>', 'by this person')
    .option('--action <action>', 'such as request.approved, or request.*')
    .option('--request <id>', 'about this request')
    .option('--flag <flag>', 'such as break_glass')
    .option('--from <time>', 'since then, such as 2h or 2026-11-20')
    .option('--to <time>', 'before then');

function moment({ clock }: Pick<HubAccess, 'clock'>, option: string, text: string): string {
  const now = clock();
  const read = readRevisionText(text, now, -new Date(now).getTimezoneOffset());
  if (read.kind === 'time') return new Date(read.at).toISOString();
  throw new InvalidArgumentError(`${option}: it must be a time, such as 2h, 13:20 or 2026-11-20`);
}

/** The filter as a server reads it. */
export function auditFilter(hub: Pick<HubAccess, 'clock'>, options: AuditFilterOptions) {
  const { project, actor, action, request, flag, from, to } = options;
  return {
    ...(project === undefined ? {} : { project }),
    ...(actor === undefined ? {} : { actor }),
    ...(action === undefined ? {} : { action }),
    ...(request === undefined ? {} : { request }),
    ...(flag === undefined ? {} : { flag }),
    ...(from === undefined ? {} : { from: moment(hub, '--from', from) }),
    ...(to === undefined ? {} : { to: moment(hub, '--to', to) }),
  };
}
