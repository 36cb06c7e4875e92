import { chooseTarget } from '../../domain/recommendation/choose-target.ts';
import type { Recommendation } from '../../domain/recommendation/recommendation.ts';
import { smallestScope } from '../../domain/recommendation/smallest-scope.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { TenantEnvironment } from '../../domain/plan/scope.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import { type ShownDeployment, withStandings } from './list-deployments.ts';
import { explain, planQuestion } from '../requests/plan-question.ts';

/** A recommendation with the deployment that it goes back to. */
export interface ShownRecommendation extends Recommendation {
  readonly deployment: ShownDeployment;
}

/** So far back is looked for something that worked. */
const longestLook = 50;

/**
 * Where a tenant-environment should go back to, with the smallest scope that covers what changed since, and what speaks
 * for it. Undefined where there is nothing to go back to. Nothing is changed.
 */
export async function recommendRollback(
  hub: Hub,
  actor: Actor,
  { slug, ...where }: TenantEnvironment & { readonly slug: string },
): Promise<ShownRecommendation | undefined> {
  const project = await findProject(hub.store, actor, slug);
  demandRight(actor, 'preview', { projectId: project.id, ...where });
  const page = { after: undefined, limit: longestLook };
  const { deployments } = await hub.store.deployments.list(project.id, where, page);
  const history = await withStandings(
    hub,
    deployments.map((row, index) => ({ ...row, current: index === 0 })),
  );
  const chosen = chooseTarget(history);
  const deployment = history.find(({ revision }) => revision === chosen?.revision);
  if (!chosen || !deployment) return undefined;
  const scope = await hub.repositories.use(project, async (at) => {
    const all = { mode: 'full', service: undefined, selectedFields: [], includeShared: false } as const;
    const wish = { ...all, where: [where], keep: [], allowDelete: true };
    const question = { kind: 'rollback', scope: wish, target: chosen.revision } as const;
    const { plan } = await planQuestion(at.reader, await at.head(), question);
    return smallestScope(await explain(at.reader, plan));
  });
  if (!scope) return undefined;
  const { evidence, thin } = chosen;
  return { target: chosen.revision, ...scope, evidence, thin, deployment };
}
