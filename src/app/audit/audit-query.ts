import type { Actor } from '../../domain/people/actor.ts';
import { type AuditAction, auditActions } from '../../domain/audit/audit-action.ts';
import type { AuditRow } from '../../domain/audit/audit-entry.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { AuditFilter } from '../../store/audit.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';

/** What of the log is asked for; everything that is given has to hold. Times are epoch milliseconds. */
export interface AuditQuery {
  readonly project?: string | undefined;
  readonly person?: string | undefined;
  /** `request.approved`, or `request.*`. */
  readonly action?: string | undefined;
  readonly request?: string | undefined;
  readonly flag?: string | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** A query as the store understands it, and what it cannot tell: the one flag. */
export interface ReadyAuditQuery {
  readonly filter: AuditFilter;
  readonly fits: (row: AuditRow) => boolean;
}

function actionsOf(text: string): readonly AuditAction[] {
  const prefix = text.endsWith('.*') ? text.slice(0, -1) : undefined;
  const found = auditActions.filter((action) => (prefix ? action.startsWith(prefix) : action === text));
  if (found.length === 0) throw new Refusal('input_invalid', { reason: `there is no audit action ${text}` });
  return found;
}

/** Resolves names and words. Throws `not_visible` for a project and `input_invalid` for an action that is not there. */
export async function readAuditQuery(hub: Hub, actor: Actor, query: AuditQuery): Promise<ReadyAuditQuery> {
  const { project, person, action, request, flag, from, until } = query;
  const found = project === undefined ? undefined : await findProject(hub.store, actor, project);
  const filter: AuditFilter = {
    projectIds: found && [found.id],
    personId: person,
    requestId: request,
    actions: action === undefined ? undefined : actionsOf(action),
    flagged: flag === undefined ? undefined : true,
    from,
    until,
  };
  return { filter, fits: ({ entry }) => flag === undefined || entry.flags.some((one) => one === flag) };
}

/** The same question about a row that was read in the order of the chain. */
export const rowFits = ({ filter, fits }: ReadyAuditQuery, row: AuditRow): boolean => {
  const { projectIds, personId, requestId, actions, from, until } = filter;
  const { entry } = row;
  return (
    (!projectIds || projectIds.includes(entry.projectId ?? '')) &&
    (personId === undefined || entry.actor.personId === personId) &&
    (requestId === undefined || entry.requestId === requestId) &&
    (!actions || actions.includes(entry.action)) &&
    (from === undefined || entry.at >= from) &&
    (until === undefined || entry.at < until) &&
    fits(row)
  );
};
