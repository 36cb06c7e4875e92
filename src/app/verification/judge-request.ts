import type { Request } from '../../domain/request/request.ts';
import type { ObservedApplication, Verification } from '../../domain/verification/verification.ts';
import { verifyRecovery } from '../../domain/verification/verify-recovery.ts';
import type { Hub } from '../hub.ts';
import { requireProject } from '../projects/find-project.ts';
import type { HubProject } from '../projects/hub-project.ts';
import { liveRelation } from './live-relation.ts';
import { type PlacedApplication, observePlace } from './observe-place.ts';

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

/** The verdict on a completed request as things are now. */
export async function judgeRequest(
  hub: Hub,
  completed: Completed,
  before: Verification | undefined,
): Promise<Verification> {
  const { request, commit, completedAt } = completed;
  const project = await requireProject(hub.store, request.projectId);
  const sights = await Promise.all(
    request.scope.where.map((where) => observePlace(hub, request.projectId, where)),
  );
  const placed = sights.flatMap(({ applications }) => applications).filter((each) => concerns(request, each));
  const { settle, patience } = hub.settings.verification;
  return verifyRecovery(
    {
      now: hub.clock(),
      completedAt,
      // A request is completed when the branch that clusters read has its commit.
      delivered: true,
      branch: project.settings.branch,
      applications: await compare(hub, { project, commit, placed }),
      silent: [...new Set(sights.flatMap(({ silent }) => silent))],
      settle,
      patience,
    },
    before,
  );
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
    for (const { application, bound, cluster, reportedAt, drift } of placed) {
      if (bound === undefined) continue;
      const relation = await liveRelation(at, { commit, application, place: bound });
      observed.push({ application, cluster, reportedAt, drift, relation });
    }
    return observed;
  });
}
