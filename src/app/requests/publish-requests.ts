import { checkPublication } from '../../domain/request/execution.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { GitError } from '../../git/git-error.ts';
import { placeObjects } from '../../git/write-objects.ts';
import { failPoint } from '../../std/fail-point.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { Oid } from '../../tree/object.ts';
import type { Hub } from '../hub.ts';
import type { ProjectRepository, Publication } from '../projects/repository-pool.ts';
import { type Draft, draftTogether } from './draft-together.ts';
import type { Publishing } from './publishing.ts';
import { standingReader } from './standing-reader.ts';

/** What a round came to for one request: an end, or that it has to be tried again, and what it planned for nothing. */
type Try = Publishing | { readonly kind: 'again'; readonly commit: Oid | undefined };

/** An executing request, and the commits that earlier attempts planned. */
export interface Execution {
  readonly request: StoredRequest;
  readonly before: readonly Oid[];
}

/** So often the branch may be moved by others while we try. */
const ATTEMPTS = 20;

/**
 * Brings executing requests into their branch, each as one commit on top of the one before it and all by one move, or
 * finds that an earlier attempt has. The ids of the commits are saved before the branch moves, so that recovery can
 * ask Git about them. What stops one does not stop the others, and nothing is thrown. Runs inside `exclusive`; answers in the order asked.
 */
export async function publishRequests(
  hub: Hub,
  at: ProjectRepository,
  executions: readonly Execution[],
): Promise<readonly Publishing[]> {
  const tried = new Map(executions.map(({ request, before }) => [request.id, [...before]]));
  const ends = new Map<string, Publishing>();
  for (let attempt = 1; attempt <= ATTEMPTS && ends.size < executions.length; attempt += 1) {
    const open: StoredRequest[] = [];
    for (const { request } of executions) {
      if (ends.has(request.id)) continue;
      const earlier = await findPublished(at, tried.get(request.id) ?? []);
      if (earlier) ends.set(request.id, earlier);
      else open.push(request);
    }
    const outcomes = await tryTogether(hub, at, open).catch(
      (error: unknown) => new Map(open.map(({ id }): [string, Try] => [id, { kind: 'failed', error }])),
    );
    for (const [id, outcome] of outcomes)
      // Whoever had it before may have moved the branch since it was asked: then nothing was left to change.
      if (outcome.kind === 'moved') ends.set(id, (await findPublished(at, tried.get(id) ?? [])) ?? outcome);
      else if (outcome.kind !== 'again') ends.set(id, outcome);
      else if (outcome.commit !== undefined) tried.get(id)?.push(outcome.commit);
  }
  const what = at.project.settings.branch;
  return executions.map(
    ({ request }) =>
      ends.get(request.id) ?? { kind: 'failed', error: new Refusal('busy', { what, seconds: 1 }) },
  );
}

async function findPublished(
  at: ProjectRepository,
  commits: readonly Oid[],
): Promise<Publishing | undefined> {
  try {
    for (const commit of commits) if (await at.contains(commit)) return { kind: 'published', commit };
    return undefined;
  } catch (error) {
    return { kind: 'unknown', error };
  }
}

/** One round: an end, or `again`, for each. */
async function tryTogether(
  hub: Hub,
  at: ProjectRepository,
  requests: readonly StoredRequest[],
): Promise<ReadonlyMap<string, Try>> {
  // Until the head is read, another server that has the same request may still move the branch.
  for (const _ of requests) await failPoint('app.request.sought');
  const head = await at.head();
  const { drafts, stopped } = await draftTogether(hub, at, { requests, head });
  const ends = await publishDrafts(hub, at, { drafts, from: head.revision });
  const stand = [...ends.values()].every(({ kind }) => kind === 'published');
  // What was found out on top of commits that came to nothing is asked again without them.
  for (const { request, end, onTop } of stopped)
    ends.set(request.id, onTop && !stand ? { kind: 'again', commit: undefined } : end);
  return ends;
}

interface Publishable {
  readonly drafts: readonly Draft[];
  readonly from: Oid;
}

async function publishDrafts(
  hub: Hub,
  at: ProjectRepository,
  { drafts, from }: Publishable,
): Promise<Map<string, Try>> {
  const [last] = drafts.slice(-1);
  if (!last) return new Map();
  try {
    const objects = drafts.flatMap((draft) => draft.objects);
    const placement = placeObjects(at.repository, objects);
    await placement.placed;
    at.reader.remember(objects);
    for (const _ of drafts) await failPoint('app.request.written');
    const lost = await savePlans(hub, drafts);
    if (lost.size === 0) return await publish(at, drafts, { from, commit: last.commit, when: placement });
    // The others stand on the commits of those.
    return endsOf(drafts, ({ request, commit }) => lost.get(request.id) ?? { kind: 'again', commit });
  } catch (error) {
    return endsOf(drafts, () => ({ kind: 'failed', error }));
  }
}

const endsOf = (drafts: readonly Draft[], endOf: (draft: Draft) => Try): Map<string, Try> =>
  new Map(drafts.map((draft) => [draft.request.id, endOf(draft)]));

/** Saves what is about to be published, then asks for the last time whether it may be. Answers what may not. */
async function savePlans(hub: Hub, drafts: readonly Draft[]): Promise<ReadonlyMap<string, Try>> {
  const lost = new Map<string, Try>();
  await hub.store.tx(async (tx) => {
    for (const { request, commit, parent, duringFreeze } of drafts)
      if (!(await tx.requests.plan(request.id, request.epoch, { commit, parent, duringFreeze })))
        lost.set(request.id, { kind: 'taken_over' });
  });
  for (const _ of drafts) await failPoint('app.request.planned');
  const standing = standingReader(hub, hub.store);
  for (const { request, commit, basis, duringFreeze } of drafts) {
    if (lost.has(request.id)) continue;
    const check = checkPublication(request, await standing.ofRequest(request));
    if (check.kind === 'no_basis') lost.set(request.id, check);
    else if (check.kind === 'refuse') lost.set(request.id, { kind: 'failed', error: check.refusal });
    // Another approver counts than the message names, or a freeze has begun: it is written again.
    else if (JSON.stringify(check.basis) !== JSON.stringify(basis) || check.duringFreeze !== duringFreeze)
      lost.set(request.id, { kind: 'again', commit });
  }
  return lost;
}

async function publish(
  at: ProjectRepository,
  drafts: readonly Draft[],
  publication: Publication,
): Promise<Map<string, Try>> {
  const published = (): Map<string, Try> => endsOf(drafts, ({ commit }) => ({ kind: 'published', commit }));
  try {
    await at.publish(publication);
    for (const _ of drafts) await failPoint('app.request.published');
    return published();
  } catch (error) {
    if (error instanceof GitError && error.code === 'ref_moved')
      return endsOf(drafts, ({ commit }) => ({ kind: 'again', commit }));
    // An answer can be lost after the deed: the branch itself knows. It has all of them, or none.
    const there = await at.contains(publication.commit).catch(() => undefined);
    if (there === true) return published();
    return endsOf(drafts, () => ({ kind: there === undefined ? 'unknown' : 'failed', error }));
  }
}
