import { type Actor, personOf } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { RequestKind, RequestState } from '../../domain/request/request.ts';
import { decide } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { RequestFilter, RequestPage } from '../../store/request-list.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import { mayOpen } from './may-open.ts';
import { recurringAmong } from './recurring.ts';
import { standingReader } from './standing-reader.ts';
import { type RequestView, viewRequest, waitsFor } from './view-request.ts';

/** Which requests to list. An absent member does not narrow. */
export interface RequestQuery {
  readonly project?: string | undefined;
  readonly kind?: RequestKind | undefined;
  readonly state?: RequestState | undefined;
  readonly tenant?: string | undefined;
  readonly environment?: string | undefined;
  /** Submitted by whoever asks. */
  readonly mine?: boolean | undefined;
  /** Pending, and whoever asks can review it. */
  readonly waitsForMe?: boolean | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

export interface RequestList {
  readonly requests: readonly RequestView[];
  readonly nextCursor: string | undefined;
}

const usualPage = 50;
/** Rows that one call looks at in search of those that may be shown; the next call goes on from there. */
const mostLookedAt = 1000;
/** Rows of each query but the first, at least: whoever asks for one at a time does not make it a thousand queries. */
const fewestRead = 100;

/** Requests that the actor may see, newest first. Throws `not_visible` for a project that they may not know of. */
export async function listRequests(hub: Hub, actor: Actor, query: RequestQuery): Promise<RequestList> {
  const filter = await filterOf(hub, actor, query);
  const limit = query.limit ?? usualPage;
  const reader = standingReader(hub, hub.store);
  const requests: RequestView[] = [];
  let after = readCursor(query.cursor);
  let step = limit;
  for (let looked = 0; looked < mostLookedAt; looked += step) {
    if (looked > 0) step = Math.max(limit, fewestRead);
    const rows = await hub.store.requests.list(filter, { after, limit: step });
    const readable = rows.filter((row) => mayOpen(actor, row));
    // Nobody needs what is known of rows beyond the page.
    const shown = query.waitsForMe ? readable : readable.slice(0, limit - requests.length);
    const shared = { reader, recurring: await recurringAmong(hub, shown) };
    for (const row of shown) {
      const view = await viewRequest(hub, actor, row, shared);
      if (query.waitsForMe && !waitsFor(view)) continue;
      requests.push(view);
      if (requests.length === limit) return { requests, nextCursor: cursorOf(row) };
    }
    if (rows.length < step) return { requests, nextCursor: undefined };
    after = rows.at(-1);
  }
  return { requests, nextCursor: after && cursorOf(after) };
}

async function filterOf(hub: Hub, actor: Actor, query: RequestQuery): Promise<RequestFilter> {
  const project =
    query.project === undefined ? undefined : await findProject(hub.store, actor, query.project);
  // Roles see every project; whoever has grants alone sees the projects of those.
  const granted = [...new Set(actor.grants.map(({ projectId }) => projectId))];
  const own = actor.role === undefined ? granted : undefined;
  if (actor.role !== undefined) demand(decide(actor, 'read'));
  return {
    projectIds: project ? [project.id] : own,
    kinds: query.kind && [query.kind],
    states: query.waitsForMe ? ['pending'] : query.state && [query.state],
    tenant: query.tenant,
    environment: query.environment,
    requesterId: query.mine ? personOf(actor) : undefined,
  };
}

type Position = NonNullable<RequestPage['after']>;

const cursorOf = ({ submittedAt, id }: Position): string => `${submittedAt}.${id}`;

function readCursor(text: string | undefined): Position | undefined {
  if (text === undefined) return undefined;
  const [, time = '', id = ''] = /^(\d{1,16})\.([\w-]{1,60})$/.exec(text) ?? [];
  if (id === '') throw new Refusal('input_invalid', { reason: 'cursor is not one of ours' });
  return { submittedAt: Number(time), id };
}
