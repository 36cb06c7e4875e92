import type { Actor } from '../../domain/people/actor.ts';
import { type BreakGlassSession, isOpen } from '../../domain/policy/break-glass.ts';
import { decideSomewhere, demandRight } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import { findSession } from './find-session.ts';
import { shownSessions } from './shown-sessions.ts';

export interface SessionQuery {
  readonly slug: string;
  readonly state?: 'open' | 'ended' | 'unreviewed' | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

export interface SessionList {
  readonly sessions: readonly BreakGlassSession[];
  readonly nextCursor: string | undefined;
}

const usualPage = 50;

/** The sessions of a project, newest first. */
export async function listBreakGlass(hub: Hub, actor: Actor, query: SessionQuery): Promise<SessionList> {
  const project = await findProject(hub.store, actor, query.slug);
  demand(decideSomewhere(actor, 'read', project.id));
  const limit = query.limit ?? usualPage;
  const page = { before: query.cursor, limit, owed: query.state === 'unreviewed' };
  const found = await hub.store.breakGlass.list(project.id, page);
  const now = hub.clock();
  const wanted = (session: BreakGlassSession): boolean =>
    query.state === undefined || query.state === 'unreviewed'
      ? true
      : isOpen(session, now) === (query.state === 'open');
  return {
    sessions: await shownSessions(hub.store, actor, found.filter(wanted)),
    nextCursor: found.length === limit ? found.at(-1)?.id : undefined,
  };
}

/** A session with the slug of its project. */
export interface PlacedSession {
  readonly session: BreakGlassSession;
  readonly project: string;
}

/** Sessions that nobody has reviewed yet, the open ones among them, in every project that an actor may read in. */
export async function listUnreviewed(
  hub: Hub,
  actor: Actor,
  { cursor, limit = usualPage }: Pick<SessionQuery, 'cursor' | 'limit'>,
): Promise<{ readonly sessions: readonly PlacedSession[]; readonly nextCursor: string | undefined }> {
  if (actor.role !== undefined) demandRight(actor, 'read');
  const projects = await hub.store.projects.list();
  const slugs = new Map(
    projects.filter(({ id }) => decideSomewhere(actor, 'read', id).allowed).map(({ id, slug }) => [id, slug]),
  );
  const found = await hub.store.breakGlass.unreviewed([...slugs.keys()], { before: cursor, limit });
  return {
    sessions: (await shownSessions(hub.store, actor, found)).flatMap((session) => {
      const project = slugs.get(session.projectId);
      return project === undefined ? [] : [{ session, project }];
    }),
    nextCursor: found.length === limit ? found.at(-1)?.id : undefined,
  };
}

/** One session. Throws `not_visible`. */
export async function getBreakGlass(hub: Hub, actor: Actor, id: string): Promise<BreakGlassSession> {
  const session = await findSession(hub.store, actor, id);
  const [shown = session] = await shownSessions(hub.store, actor, [session]);
  return shown;
}
