import type { Request } from '../../domain/request/request.ts';
import type { ObservedApplication, Verification } from '../../domain/verification/verification.ts';
import { verifyRecovery } from '../../domain/verification/verify-recovery.ts';
import type { Hub } from '../hub.ts';
import { requireProject } from '../projects/find-project.ts';
import type { HubProject } from '../projects/hub-project.ts';
import { liveImages } from './live-images.ts';
import { liveRelation } from './live-relation.ts';
import { type PlacedApplication, type Reports, observePlace } from './observe-place.ts';
import { workloadReader } from './running-workloads.ts';

/** A completed request, its commit, and when that was. */
export interface Completed {
  readonly request: Request;
  readonly commit: string;
  readonly completedAt: number;
}

/** Does the Application deploy something that the request changed? */
const concerns = (request: Request, { bound }: PlacedApplication): boolean =>
  bound !== undefined &&
  (bound.service === undefined ||
    request.affectedServices.length === 0 ||
    request.affectedServices.includes(bound.service));

/** What clusters say about what a request changed. */
interface Sight {
  readonly placed: readonly PlacedApplication[];
  readonly silent: readonly string[];
}

async function look(reports: Reports, request: Request): Promise<Sight> {
  const sights = await Promise.all(
    request.scope.where.map((where) => observePlace(reports, request.projectId, where)),
  );
  return {
    placed: sights.flatMap(({ applications }) => applications).filter((each) => concerns(request, each)),
    silent: [...new Set(sights.flatMap(({ silent }) => silent))],
  };
}

/** The verdict on a completed request as things are now. */
export async function judgeRequest(
  hub: Hub,
  completed: Completed,
  before: Verification | undefined,
): Promise<Verification> {
  const { request, commit, completedAt } = completed;
  const project = await requireProject(hub.store, request.projectId);
  const { placed, silent } = await look(hub, request);
  const { branch } = project.settings;
  const applications = await compare(hub, { project, commit, placed });
  const facts = { now: hub.clock(), completedAt, branch, applications, silent };
  return verifyRecovery({ ...facts, ...hub.settings.verification, ...delivered }, before);
}

// A request is completed when the branch that clusters read has its commit.
const delivered = { delivered: true } as const;

/**
 * The first verdict on a request that is just completed and that no cluster is known to run. Undefined when one is:
 * then Git has to be asked, which nobody does inside a transaction.
 */
export async function judgeUnseen(
  reports: Reports,
  request: Request,
  span: Hub['settings']['verification'],
): Promise<Verification | undefined> {
  const { placed, silent } = await look(reports, request);
  if (placed.length > 0 || silent.length > 0) return undefined;
  const now = reports.clock();
  const nobody = { applications: [], silent, branch: '' };
  return verifyRecovery({ now, completedAt: now, ...nobody, ...span, ...delivered });
}

interface Compared {
  readonly project: HubProject;
  readonly commit: string;
  readonly placed: readonly PlacedApplication[];
}

async function compare(
  hub: Hub,
  { project, commit, placed }: Compared,
): Promise<readonly ObservedApplication[]> {
  if (placed.length === 0) return [];
  return hub.repositories.use(project, async (at) => {
    const observed: ObservedApplication[] = [];
    const workloadsOf = workloadReader(hub);
    for (const { application, bound, cluster, reportedAt, drift } of placed) {
      if (bound === undefined) continue;
      const relation = await liveRelation(at, { commit, application, place: bound });
      const running = await workloadsOf(cluster.id, application);
      const { service } = bound;
      const images = running && (await liveImages(at, commit, { application, running, service }));
      observed.push({ application, cluster, reportedAt, drift, relation, images });
    }
    return observed;
  });
}
