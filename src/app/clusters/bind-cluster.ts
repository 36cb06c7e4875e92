import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import { bindApplications, applicationKey } from './bind-applications.ts';
import { findCluster } from './find-cluster.ts';
import { type ClusterView, showCluster } from './view-cluster.ts';

export interface BindingWish {
  readonly clusterId: string;
  readonly project: string;
  readonly tenant: string;
  readonly environment: string;
  /** `namespace/name`; absent for every Application of the cluster that reads the project. */
  readonly application?: string | null | undefined;
}

/** Says that a cluster runs a tenant-environment. Saying it twice changes nothing. Throws `not_visible`. */
export const bindCluster = (hub: Hub, actor: Actor, wish: BindingWish): Promise<ClusterView> =>
  change(hub, actor, {
    wish,
    action: 'cluster.bound',
    apply: async (tx, { projectId, application }) =>
      tx.clusterBindings.add({
        id: hub.newId('cbd_'),
        clusterId: wish.clusterId,
        application,
        projectId,
        tenant: wish.tenant,
        environment: wish.environment,
        createdBy: actor.id,
        createdAt: hub.clock(),
      }),
  });

/** Takes it back; nothing happens when nobody said it. Throws `not_visible`. */
export const unbindCluster = (hub: Hub, actor: Actor, wish: BindingWish): Promise<ClusterView> =>
  change(hub, actor, {
    wish,
    action: 'cluster.unbound',
    apply: async (tx, { projectId, application }) => {
      const found = (await tx.clusterBindings.at(projectId, wish)).find(
        (each) => each.clusterId === wish.clusterId && each.application === application,
      );
      return found !== undefined && tx.clusterBindings.remove(wish.clusterId, found.id);
    },
  });

interface BindingChange {
  readonly wish: BindingWish;
  readonly action: 'cluster.bound' | 'cluster.unbound';
  /** False when nothing changed. */
  readonly apply: (
    tx: TransactionTables,
    named: { readonly projectId: string; readonly application: string },
  ) => Promise<boolean>;
}

async function change(hub: Hub, actor: Actor, { wish, action, apply }: BindingChange): Promise<ClusterView> {
  demandRight(actor, 'clusters');
  const { clusterId, tenant, environment } = wish;
  const project = await findProject(hub.store, actor, wish.project);
  const application = wish.application ?? '';
  await saveChange(hub, async (tx) => {
    const { name } = await findCluster(tx, clusterId);
    if (!(await apply(tx, { projectId: project.id, application }))) return;
    await recordChange(tx, actor, {
      at: hub.clock(),
      action,
      object: { type: 'cluster', id: clusterId },
      projectId: project.id,
      details: { name, tenant, environment, application },
    });
  });
  await bindAgain(hub, clusterId);
  hub.wake('clusters');
  return showCluster(hub, clusterId);
}

/** What the Applications of the last report deploy, by what is said now. */
async function bindAgain(hub: Hub, clusterId: string): Promise<void> {
  const rows = await hub.store.clusterApplications.of(clusterId);
  const bound = await bindApplications(
    hub,
    clusterId,
    rows.map(({ application }) => application),
  );
  await hub.store.tx(async (tx) => {
    const now = await tx.clusterApplications.of(clusterId);
    const next = now.map((row) => ({ ...row, bound: bound.get(applicationKey(row.application)) }));
    await tx.clusterApplications.replace(clusterId, next);
  });
}
