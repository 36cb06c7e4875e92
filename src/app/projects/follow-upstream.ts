import { randomUUID } from 'node:crypto';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { GitError } from '../../git/git-error.ts';
import { readCommit } from '../../git/read-commit.ts';
import type { Oid } from '../../tree/object.ts';
import { followPush } from '../git/follow-push.ts';
import type { Hub } from '../hub.ts';
import { refusalOf } from '../refuse-git.ts';
import { type FetchState, fetchStateOf, saveFetchState } from './fetch-state.ts';
import { type ProjectSettings, isElsewhere } from './hub-project.ts';
import { readLayout } from './read-layout.ts';
import type { ProjectRepository } from './repository-pool.ts';

/** Milliseconds until another server may go on with what one began. */
const leaseFor = 120_000;

/**
 * Makes the generated files of what others pushed to an upstream, by one commit on top of it, where knowngood.yaml says
 * `stalePushes: generate`. One server at a time does it, and its push holds the upstream to what was seen. What goes
 * wrong is kept with the state of the fetch, and tried again when somebody has pushed anew.
 */
export async function followUpstream(hub: Hub, at: ProjectRepository, tip: Oid | undefined): Promise<void> {
  if (tip === undefined || isSeen(await fetchStateOf(hub.store, at.project.id), tip)) return;
  const now = hub.clock();
  // Each look is a holder of its own: two looks of one server would make the same commit, and tell of it twice.
  const time = { now, until: now + leaseFor };
  const lease = await hub.store.leases.acquire(`follow:${at.project.id}`, randomUUID(), time);
  if (!lease) return;
  try {
    await followNow(hub, at, tip);
  } finally {
    await hub.store.leases.release(lease);
  }
}

const isSeen = ({ followed, unfollowed }: FetchState, tip: Oid): boolean =>
  followed === tip || unfollowed === tip;

async function followNow(hub: Hub, at: ProjectRepository, tip: Oid): Promise<void> {
  const { id } = at.project;
  const state = await fetchStateOf(hub.store, id);
  if (isSeen(state, tip)) return;
  const note = (change: Partial<FetchState>): Promise<void> =>
    hub.store.tx(async (tx) => {
      const now = await fetchStateOf(tx, id);
      const project = await tx.projects.get<ProjectSettings>(id);
      // It points elsewhere by now, or another server went on when this one took too long: the mark would be an old one.
      if (!project || isElsewhere(at.project, project)) return;
      if (now.followed !== state.followed || now.unfollowed !== state.unfollowed) return;
      await saveFetchState(tx, id, { ...now, ...change });
    });
  try {
    if (await isWanted(at, state.followed, tip)) await followPush({ hub, at }, state.followed);
    await note({ followed: tip, unfollowed: undefined, unfollowedWhy: undefined });
  } catch (thrown) {
    // Somebody was faster: the next fetch sees what there is to do.
    if (thrown instanceof GitError && thrown.code === 'ref_moved') return;
    const error = refusalOf(thrown);
    const said = error instanceof Refusal ? error.message : 'it stopped on an error';
    const again = error instanceof Refusal && error.code === 'upstream_unreachable';
    await note({
      unfollowedWhy: `the generated files were not brought along: ${said}`,
      ...(again ? {} : { unfollowed: tip }),
    });
    if (!(error instanceof Refusal)) throw error;
  }
}

/** What was there when the project was connected, and what is no more, is nobody's push. */
async function isWanted({ reader }: ProjectRepository, before: Oid | undefined, tip: Oid): Promise<boolean> {
  if (before === undefined || (await reader.describe(before)) === undefined) return false;
  try {
    const { stalePushes } = await readLayout(reader, (await readCommit(reader, tip)).tree);
    return stalePushes === 'generate';
  } catch (error) {
    // A file that cannot be read asks for nothing; whoever changes something there is told of it.
    if (error instanceof Refusal) return false;
    throw error;
  }
}
