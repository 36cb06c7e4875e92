import type { Actor } from '../../domain/people/actor.ts';
import { type TreeComparison, compareTrees } from '../../domain/plan/compare-trees.ts';
import { decide, decideSomewhere } from '../../domain/people/rights.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import { drive } from '../../git/drive.ts';
import { readCommit } from '../../git/read-commit.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import { readLayout } from '../projects/read-layout.ts';
import { refusing } from '../refuse-git.ts';
import { resolveRevisionText } from '../requests/resolve-revision-text.ts';
import { currentDeployments } from './current-deployments.ts';
import { type ShownDeployment, withStandings } from './list-deployments.ts';

/** A deployment with its message and what it changed. */
export interface DeploymentDetail extends ShownDeployment {
  readonly message: string;
  readonly parents: readonly string[];
  readonly changes: TreeComparison;
}

export interface DeploymentName {
  readonly slug: string;
  readonly revision: string;
  readonly tenant?: string | undefined;
  readonly environment?: string | undefined;
}

/** What one revision deployed, once for each tenant-environment that it touched and the actor may read. */
export const getDeployment = refusing(
  async (hub: Hub, actor: Actor, name: DeploymentName): Promise<readonly DeploymentDetail[]> => {
    const project = await findProject(hub.store, actor, name.slug);
    const { tenant, environment } = name;
    const fits = (row: { readonly tenant: string; readonly environment: string }): boolean =>
      (tenant ?? row.tenant) === row.tenant && (environment ?? row.environment) === row.environment;
    return hub.repositories.use(project, async (at) => {
      const head = await at.head();
      const scope = project.slug;
      const query = { text: name.revision, head: head.revision, among: 'any', scope } as const;
      const revision = await resolveRevisionText(hub, at, query);
      const rows = (await hub.store.deployments.ofRevision(project.id, revision)).filter(fits);
      const readable = rows.filter((row) => decide(actor, 'read', placeIn(project.id, row)).allowed);
      if (readable.length === 0) refuseUnseen(actor, project.id, name.revision);
      const { layout } = await readLayout(at.reader, head.tree);
      const { tree, parents, message } = await readCommit(at.reader, revision);
      const [parent] = parents;
      const from = parent === undefined ? undefined : (await readCommit(at.reader, parent)).tree;
      const isCurrent = await currentDeployments(hub, project.id);
      const details: Omit<DeploymentDetail, 'standing' | 'recurring'>[] = [];
      for (const row of readable) {
        const where = { tenant: row.tenant, environment: row.environment, service: undefined };
        const changes = await drive(at.reader, compareTrees(layout, where, { from, to: tree }));
        details.push({ ...row, current: isCurrent(row), message, parents, changes });
      }
      return withStandings(hub, details);
    });
  },
);

/** Throws, for whoever may not look at the whole project, what an unknown revision is answered with. */
function refuseUnseen(actor: Actor, projectId: string, revision: string): void {
  demand(decideSomewhere(actor, 'read', projectId));
  if (!decide(actor, 'read', { projectId }).allowed)
    throw new Refusal('revision_unknown', { revision }, { revision });
}

const placeIn = (
  projectId: string,
  { tenant, environment }: { readonly tenant: string; readonly environment: string },
) => ({ projectId, tenant, environment });
