import type { Actor } from '../../domain/people/actor.ts';
import { type FoundScope, listScopes } from '../../domain/layout/list-scopes.ts';
import { decide, decideSomewhere } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { TenantEnvironment } from '../../domain/plan/scope.ts';
import { drive } from '../../git/drive.ts';
import { type ShownDeployment, withStandings } from '../deployments/list-deployments.ts';
import type { Hub } from '../hub.ts';
import { policyNow } from '../policies/get-policy.ts';
import { refusing } from '../refuse-git.ts';
import { findProject } from './find-project.ts';
import type { HubProject } from './hub-project.ts';
import { readLayout } from './read-layout.ts';

/** One tenant-environment with what runs there and what waits. */
export interface TenantEnvironmentView extends FoundScope {
  readonly current: ShownDeployment | undefined;
  readonly openRequests: number;
  /** Values that may not come back there at present. */
  readonly holds: number;
  readonly approvalsNeeded: number;
}

/** The tenant-environments of the head that an actor may read, in the order of promotion. */
export const listTenantEnvironments = refusing(
  async (hub: Hub, actor: Actor, slug: string): Promise<readonly TenantEnvironmentView[]> => {
    const project = await findProject(hub.store, actor, slug);
    const { id: projectId } = project;
    const found = await scopesOf(hub, project);
    const readable = found.filter(
      ({ tenant, environment }) => decide(actor, 'read', { projectId, tenant, environment }).allowed,
    );
    demand(decideSomewhere(actor, 'read', projectId));
    const rows = (await hub.store.deployments.latest(projectId)).map((row) => ({ ...row, current: true }));
    const latest = await withStandings(hub, rows);
    const open = await hub.store.requests.openCounts(projectId);
    const holds = await hub.store.holds.inForce(projectId, hub.clock());
    const same = (a: TenantEnvironment) => (b: TenantEnvironment) =>
      a.tenant === b.tenant && a.environment === b.environment;
    const approvals = new Map<string, number>();
    for (const { environment } of readable)
      approvals.set(environment, (await policyNow(hub.store, projectId, environment)).policy.approvals);
    return readable.map((scope) => {
      const current = latest.find(same(scope));
      return {
        ...scope,
        current,
        openRequests: open.find(same(scope))?.requests ?? 0,
        holds: holds.filter(same(scope)).length,
        approvalsNeeded: approvals.get(scope.environment) ?? 0,
      };
    });
  },
);

const scopesOf = (hub: Hub, project: HubProject): Promise<readonly FoundScope[]> =>
  hub.repositories.use(project, async (at) => {
    if ((await at.tip()) === undefined) return [];
    const { tree } = await at.head();
    const { layout } = await readLayout(at.reader, tree);
    return drive(at.reader, listScopes(layout, tree));
  });
