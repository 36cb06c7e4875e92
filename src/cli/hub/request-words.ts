import type { Request } from '../../contract/request.ts';
import type { ResultOf } from '../../contract/operations.ts';
import { tenantEnvironmentName } from '../../domain/plan/scope.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';

export type RequestRow = ResultOf<'listRequests'>['items'][number];

const SHORT = 8;

/** `acme/production api-gateway`: where a request acts. */
export function whereText({ scope: { where, service } }: Pick<RequestRow, 'scope'>): string {
  const names = where.map(tenantEnvironmentName);
  const places = names.length > 2 ? `${names[0]} +${names.length - 1}` : names.join(', ');
  return service === null ? places : `${places} ${service}`;
}

/** `Service rollback`, `Undo`, `Promotion`. */
export function kindText({ kind, scope }: Pick<RequestRow, 'kind' | 'scope'>): string {
  const text = kind !== 'rollback' ? kind : scope.mode === 'undo' ? 'undo' : `${scope.mode} rollback`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `5be0d1e7`, or nothing. */
export const shortId = (revision: string | null): string => revision?.slice(0, SHORT) ?? '';

type Person = Request['requester'];

/** How a person is named: the address, as in commits, or the name. */
export const personText = ({ email, name }: Person): string => email ?? name;

/** What a state means for whoever ran the command: 8 while somebody else has to act, 1 where nothing came of it. */
export function codeOfState(state: Request['state'], wanted?: Request['state']): ExitCode {
  if (state === wanted) return exitCode.ok;
  switch (state) {
    case 'pending':
      return exitCode.pending;
    case 'approved':
    case 'executing':
    case 'completed':
      return exitCode.ok;
    default:
      return exitCode.failed;
  }
}

/** Whether clusters are known to run what a completed request changed, so that one can wait for them. */
const isWatched = ({ verification }: Pick<Request, 'verification'>): boolean => verification?.bound === true;

/**
 * What a request means for whoever waited for it: 0 only when clusters proved it, where there are any; 8 while they are
 * on their way, and 1 where they did not confirm it.
 */
export function codeAfterWait(request: Pick<Request, 'state' | 'verification'>): ExitCode {
  const { state, verification } = request;
  if (state !== 'completed' || !isWatched(request)) return codeOfState(state);
  if (verification?.state === 'verified') return exitCode.ok;
  const over = verification?.state === 'unconfirmed' || verification?.state === 'regressed';
  return over ? exitCode.failed : exitCode.pending;
}

/** True when waiting longer brings nothing: the request ended, and its clusters, where there are any, told how. */
export const isOver = (request: Pick<Request, 'state' | 'verification'>): boolean =>
  isSettled(request) && codeAfterWait(request) !== exitCode.pending;

/** `verified: every Application …`, or nothing where no cluster says anything. */
export const verificationText = ({ verification }: Pick<Request, 'verification'>): string =>
  verification?.bound === true ? `${verification.state}: ${verification.reason}` : '';

/** True when a request goes no further without a new one, or without somebody trying it again. */
export const isSettled = ({ state }: Pick<Request, 'state'>): boolean =>
  !['pending', 'approved', 'executing'].includes(state);
