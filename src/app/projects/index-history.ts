import { failPoint } from '../../std/fail-point.ts';
import { firstParentAt, firstParentCount } from '../../git/first-parent.ts';
import { GitError } from '../../git/git-error.ts';
import { type LoggedCommit, logHistory } from '../../git/log-history.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { IndexProgress } from '../../store/index-progress.ts';
import type { Lease } from '../../store/leases.ts';
import type { TransactionTables } from '../../store/tables.ts';
import type { Oid } from '../../tree/object.ts';
import type { Hub } from '../hub.ts';
import { refusalOf } from '../refuse-git.ts';
import type { HubProject, ProjectSettings } from './hub-project.ts';
import { claimedRequest, indexRows, isCommitOf } from './index-rows.ts';
import { markRollbacks } from './mark-rollbacks.ts';
import { readLayout } from './read-layout.ts';
import type { ProjectRepository } from './repository-pool.ts';

/** Milliseconds for which one server indexes a project without saying that it still does. */
const leaseFor = 60_000;
/** The first batch is small, so that the newest deployments show at once. */
const firstBatch = 200;
/** Larger ones are hardly faster, and other changes wait while one is written. */
const laterBatch = 500;
/** More new commits than this are read as a new history, newest first. */
const mostNewer = 5000;

/**
 * Brings the deployment index of a project up to the head of its branch; newest first, and usable meanwhile. A history
 * that does not go on from the one indexed, or another layout, is indexed anew. `elsewhere`: another server is at it.
 * What stops it is kept for people in the progress, and thrown.
 */
export async function indexHistory(hub: Hub, projectId: string): Promise<'done' | 'elsewhere'> {
  const project = await hub.store.projects.get<ProjectSettings>(projectId);
  if (!project) return 'done';
  const now = hub.clock();
  const lease = await hub.store.leases.acquire(`index:${projectId}`, hub.instance, {
    now,
    until: now + leaseFor,
  });
  if (!lease) return 'elsewhere';
  try {
    await hub.repositories.use(project, (at) => bringUpToDate({ hub, project, lease, at }));
    return 'done';
  } catch (error) {
    if (error instanceof LostLease) return 'elsewhere';
    await keepError(hub, projectId, refusalOf(error));
    throw error;
  } finally {
    await hub.store.leases.release(lease);
  }
}

interface Work {
  readonly hub: Hub;
  readonly project: HubProject;
  readonly lease: Lease;
  readonly at: ProjectRepository;
}

interface Scan extends Work {
  readonly rowOf: ReturnType<typeof indexRows>;
}

async function bringUpToDate(work: Work): Promise<void> {
  const { hub, project, at } = work;
  if ((await at.tip()) === undefined) return;
  const head = await at.head();
  const { layout, key } = await readLayout(at.reader, head.tree);
  const rules = project.settings.sourceRules;
  const scan: Scan = { ...work, rowOf: indexRows(layout, rules) };
  const basis = `1 ${key} ${JSON.stringify(rules)}`;
  let progress = await hub.store.indexProgress.get(project.id);
  const sameBasis = (await hub.store.settings.get(basisName(project.id))) === basis;
  const newer =
    progress !== undefined && sameBasis ? await newerCommits(at, head.revision, progress) : undefined;
  progress =
    progress === undefined || newer === undefined
      ? await startAnew(work, head.revision, basis)
      : await addNewer(scan, newer, progress);
  if (!progress.complete) await addOlder(scan, progress);
}

const basisName = (projectId: string): string => `index.basis.${projectId}`;

/** The commits that came on top since, newest first; undefined when the history is another one now. */
async function newerCommits(
  { repository, reader }: ProjectRepository,
  head: Oid,
  { head: indexed }: IndexProgress,
): Promise<readonly LoggedCommit[] | undefined> {
  if (head === indexed) return [];
  if (indexed === '' || (await reader.describe(indexed)) === undefined) return undefined;
  const commits: LoggedCommit[] = [];
  for await (const commit of logHistory(repository, head, { after: indexed, limit: mostNewer + 1 }))
    commits.push(commit);
  const goesOn = commits.length <= mostNewer && commits.at(-1)?.parent === indexed;
  return goesOn ? commits : undefined;
}

async function startAnew(
  { hub, project, lease, at }: Work,
  head: Oid,
  basis: string,
): Promise<IndexProgress> {
  const total = await firstParentCount(at.repository, head);
  const progress = { head, newest: total, oldest: total + 1, complete: false, error: undefined };
  const started: IndexProgress = { ...progress, updatedAt: hub.clock() };
  await hub.store.tx(async (tx) => {
    await keepLease(tx, lease, hub.clock());
    await tx.deployments.clear(project.id);
    await tx.settings.set(basisName(project.id), basis);
    await tx.indexProgress.set(project.id, started);
  });
  await failPoint('app.index.started');
  return started;
}

/** Oldest first, so that what is indexed never has a hole. */
async function addNewer(
  scan: Scan,
  commits: readonly LoggedCommit[],
  before: IndexProgress,
): Promise<IndexProgress> {
  let progress: IndexProgress = { ...before, error: undefined };
  const upwards = commits.toReversed();
  for (let from = 0; from < upwards.length; from += laterBatch) {
    const batch = upwards.slice(from, from + laterBatch);
    const newest = progress.newest + batch.length;
    const head = batch.at(-1)?.oid ?? progress.head;
    const first = progress.newest + 1;
    progress = { ...progress, head, newest, updatedAt: scan.hub.clock() };
    await saveBatch(
      scan,
      progress,
      batch.map((commit, index) => ({ commit, position: first + index })),
    );
  }
  if (before.error !== undefined && commits.length === 0) await saveBatch(scan, progress, []);
  return progress;
}

async function addOlder(scan: Scan, before: IndexProgress): Promise<void> {
  const { repository } = scan.at;
  const steps = before.newest - before.oldest + 1;
  const from = await firstParentAt(repository, before.head, steps);
  let progress: IndexProgress = before;
  let batch: Placed[] = [];
  const save = async (complete: boolean): Promise<void> => {
    const oldest = progress.oldest - batch.length;
    progress = { ...progress, oldest, complete, error: undefined, updatedAt: scan.hub.clock() };
    await saveBatch(scan, progress, batch);
    batch = [];
  };
  if (from !== undefined)
    for await (const commit of logHistory(repository, from)) {
      batch.push({ commit, position: progress.oldest - batch.length - 1 });
      if (batch.length >= (progress.oldest > progress.newest ? firstBatch : laterBatch)) await save(false);
    }
  await save(true);
  await markRollbacks(scan.hub, scan.project.id);
}

interface Placed {
  readonly commit: LoggedCommit;
  readonly position: number;
}

async function saveBatch(scan: Scan, progress: IndexProgress, batch: readonly Placed[]): Promise<void> {
  const { hub, project, lease, rowOf } = scan;
  const requests = new Map<string, Parameters<typeof rowOf>[2]>();
  for (const { commit } of batch) {
    const claimed = claimedRequest(commit);
    const request = claimed === undefined ? undefined : await hub.store.requests.get(claimed);
    if (isCommitOf(request, project.id, commit.oid)) requests.set(commit.oid, request);
  }
  const rows = batch.map(({ commit, position }) => rowOf(commit, position, requests.get(commit.oid)));
  await hub.store.tx(async (tx) => {
    await keepLease(tx, lease, hub.clock());
    if (rows.length > 0) await tx.deployments.index(project.id, rows);
    await tx.indexProgress.set(project.id, progress);
  });
  await failPoint('app.index.batch');
  if (progress.complete && requests.size > 0)
    await markRollbacks(hub, project.id, new Set([...requests.values()].map((request) => request?.id ?? '')));
}

class LostLease extends Error {}

async function keepLease(tx: TransactionTables, lease: Lease, now: number): Promise<void> {
  if (!(await tx.leases.renew(lease, now + leaseFor))) throw new LostLease();
}

async function keepError(hub: Hub, projectId: string, error: unknown): Promise<void> {
  const said =
    error instanceof Refusal || error instanceof GitError ? error.message : 'it stopped on an error';
  const none = { head: '', newest: 0, oldest: 1, complete: false };
  const progress = (await hub.store.indexProgress.get(projectId)) ?? none;
  const stopped = { ...progress, error: said, updatedAt: hub.clock() };
  await hub.store.tx((tx) => tx.indexProgress.set(projectId, stopped));
}
