import { Refusal } from '../../domain/refusal/refusal.ts';
import { isAncestor } from '../../git/is-ancestor.ts';
import type { Oid } from '../../tree/object.ts';
import { recordChange } from '../audit/record-change.ts';
import { type FoundReturn, findReturns, saveReturns } from '../holds/find-returns.ts';
import type { Hub } from '../hub.ts';
import { refusalOf } from '../refuse-git.ts';
import { systemActor } from '../system-actor.ts';
import { type FetchState, fetchStateOf, saveFetchState } from './fetch-state.ts';
import type { HubProject } from './hub-project.ts';
import { followUpstream } from './follow-upstream.ts';
import type { ProjectRepository } from './repository-pool.ts';

/**
 * Fetches a connected project and has what is new indexed. That the branch moved is written down once, whichever
 * server saw it first. Throws `upstream_unreachable` or `upstream_forbidden`, and keeps the reason for people.
 */
export async function fetchUpstream(hub: Hub, project: HubProject): Promise<Oid | undefined> {
  try {
    return await hub.repositories.use(project, async (at) => {
      const tip = await at.fetch();
      await noteFetched(hub, at, tip);
      await followUpstream(hub, at, tip);
      return tip;
    });
  } catch (thrown) {
    const error = refusalOf(thrown);
    const said = error instanceof Refusal ? error.message : 'it stopped on an error';
    await hub.store.tx(async (tx) => {
      const before = await fetchStateOf(tx, project.id);
      await saveFetchState(tx, project.id, { ...before, error: said });
    });
    throw error;
  }
}

async function noteFetched(hub: Hub, at: ProjectRepository, tip: Oid | undefined): Promise<void> {
  const { id } = at.project;
  const known = await fetchStateOf(hub.store, id);
  const wentOn = await hasGoneOn(at, known.tip, tip);
  const returns = wentOn ? await returnsOf(hub, at, { known, after: tip }) : [];
  const now = hub.clock();
  const moved = await hub.store.tx(async (tx) => {
    const before = await fetchStateOf(tx, id);
    // What could not be brought along stays to be read until somebody pushes anew.
    const unfollowedWhy = tip !== undefined && before.unfollowed === tip ? before.unfollowedWhy : undefined;
    await saveFetchState(tx, id, { ...before, at: now, tip, error: undefined, unfollowedWhy });
    if (before.tip === tip || before.tip !== known.tip) return false;
    await recordChange(tx, systemActor, {
      at: now,
      action: 'project.fetched',
      object: { type: 'project', id },
      projectId: id,
      details: { before: before.tip ?? null, after: tip ?? null, rewritten: !wentOn },
    });
    await saveReturns(tx, returns, now);
    return true;
  });
  if (!moved) return;
  hub.wake('index');
  if (returns.length > 0) hub.wake('outbox');
}

/** A history that does not go on from the one before is told of as rewritten; who did what in it is not known. */
const returnsOf = async (
  hub: Hub,
  at: ProjectRepository,
  {
    known: { tip: before, at: since },
    after,
  }: { readonly known: FetchState; readonly after: Oid | undefined },
): Promise<readonly FoundReturn[]> =>
  before === undefined || after === undefined || before === after
    ? []
    : findReturns(hub, at, { before, after, since });

async function hasGoneOn(
  { repository, reader }: ProjectRepository,
  before: Oid | undefined,
  after: Oid | undefined,
): Promise<boolean> {
  if (before === undefined || after === undefined || before === after) return true;
  if ((await reader.describe(before)) === undefined) return false;
  return isAncestor(repository, before, after);
}
