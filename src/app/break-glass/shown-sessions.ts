import { type Actor, personOf } from '../../domain/people/actor.ts';
import { decide } from '../../domain/people/rights.ts';
import type { BreakGlassSession } from '../../domain/policy/break-glass.ts';
import type { Request } from '../../domain/request/request.ts';
import type { Tables } from '../../store/tables.ts';
import { mayOpen } from '../requests/may-open.ts';

/**
 * Sessions as the actor may see them. Whoever may read only some places of the project sees the requests that they can
 * open, and of a session of somebody else without such a request no words: they are left empty.
 */
export async function shownSessions(
  tables: Pick<Tables, 'requests'>,
  actor: Actor,
  sessions: readonly BreakGlassSession[],
): Promise<readonly BreakGlassSession[]> {
  const inPart = ({ projectId }: BreakGlassSession): boolean => !decide(actor, 'read', { projectId }).allowed;
  const ids = sessions.filter(inPart).flatMap(({ requestIds }) => requestIds);
  const requests: ReadonlyMap<string, Request> = ids.length > 0 ? await tables.requests.many(ids) : new Map();
  return sessions.map((session) => (inPart(session) ? shownInPart(actor, session, requests) : session));
}

function shownInPart(
  actor: Actor,
  session: BreakGlassSession,
  requests: ReadonlyMap<string, Request>,
): BreakGlassSession {
  const { by, review } = session;
  const requestIds = session.requestIds.filter((id) => {
    const request = requests.get(id);
    return request !== undefined && mayOpen(actor, request);
  });
  if (by.personId === personOf(actor) || requestIds.length > 0) return { ...session, requestIds };
  return { ...session, requestIds, justification: '', review: review && { ...review, comment: '' } };
}
