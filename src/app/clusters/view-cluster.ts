import type { DriftFinding, Inventory } from '../../domain/cluster/application.ts';
import type { Cluster } from '../../domain/cluster/cluster.ts';
import { type ClusterPresence, clusterPresence } from '../../domain/cluster/cluster-presence.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { TenantEnvironment } from '../../domain/plan/scope.ts';
import type { ClusterApplication } from '../../store/cluster-applications.ts';
import type { ReportHead, ReportKind } from '../../store/cluster-reports.ts';
import type { Hub } from '../hub.ts';
import type { ProjectSettings } from '../projects/hub-project.ts';
import { applicationKey } from './bind-applications.ts';
import { findCluster } from './find-cluster.ts';

/** A tenant-environment with the slug of its project. */
export interface NamedPlace extends TenantEnvironment {
  readonly project: string;
}

/** Something that a cluster runs, and how we know. */
export interface ShownBinding extends NamedPlace {
  /** `namespace/name`; undefined for every Application that reads the project. */
  readonly application: string | undefined;
  readonly by: 'layout' | 'hand';
}

export interface ClusterView {
  readonly cluster: Cluster;
  readonly state: ClusterPresence;
  readonly inventory: Inventory | undefined;
  readonly applications: readonly ClusterApplication[];
  /** Undefined when drift was never reported. */
  readonly findings: readonly DriftFinding[] | undefined;
  readonly bindings: readonly ShownBinding[];
  readonly reports: Readonly<Record<ReportKind, ReportHead | undefined>>;
  /** By project id. */
  readonly slugs: ReadonlyMap<string, string>;
}

const slugsOf = async ({ store }: Hub): Promise<ReadonlyMap<string, string>> =>
  new Map((await store.projects.list<ProjectSettings>()).map(({ id, slug }) => [id, slug]));

/** A cluster with everything that is known of it. */
export async function viewCluster(
  hub: Hub,
  cluster: Cluster,
  slugs: ReadonlyMap<string, string>,
): Promise<ClusterView> {
  const { store, clock } = hub;
  const inventory = await store.clusterReports.get(cluster.id, 'inventory');
  const drift = await store.clusterReports.get(cluster.id, 'drift');
  const applications = await store.clusterApplications.of(cluster.id);
  return {
    cluster,
    state: clusterPresence(cluster.seenAt, clock()),
    inventory: inventory && (JSON.parse(inventory.body) as Inventory),
    applications,
    findings: drift && (JSON.parse(drift.body) as DriftFinding[]),
    bindings: await bindingsOf(hub, { cluster, applications, slugs }),
    reports: { inventory, drift, applications: await store.clusterReports.head(cluster.id, 'applications') },
    slugs,
  };
}

interface Parts {
  readonly cluster: Cluster;
  readonly applications: readonly ClusterApplication[];
  readonly slugs: ReadonlyMap<string, string>;
}

/** What people said, and what follows from repository and path. Projects that are gone are left out. */
async function bindingsOf({ store }: Hub, { cluster, applications, slugs }: Parts): Promise<ShownBinding[]> {
  const said = (await store.clusterBindings.of(cluster.id)).map(
    ({ projectId, tenant, environment, application }) => ({
      project: slugs.get(projectId),
      tenant,
      environment,
      application: application === '' ? undefined : application,
      by: 'hand' as const,
    }),
  );
  const found = applications.flatMap(({ application, bound }) =>
    bound?.by === 'layout'
      ? [
          {
            project: slugs.get(bound.projectId),
            tenant: bound.tenant,
            environment: bound.environment,
            application: applicationKey(application),
            by: 'layout' as const,
          },
        ]
      : [],
  );
  return [...said, ...found].flatMap((each) =>
    each.project === undefined ? [] : [{ ...each, project: each.project }],
  );
}

/** Every cluster, by name. */
export async function listClusters(hub: Hub, actor: Actor): Promise<readonly ClusterView[]> {
  demandRight(actor, 'read');
  const slugs = await slugsOf(hub);
  const views: ClusterView[] = [];
  for (const cluster of await hub.store.clusters.list({ limit: 1000 }))
    views.push(await viewCluster(hub, cluster, slugs));
  return views;
}

/** One cluster, for whoever may read. Throws `not_visible`. */
export async function getCluster(hub: Hub, actor: Actor, id: string): Promise<ClusterView> {
  demandRight(actor, 'read');
  return showCluster(hub, id);
}

/** One cluster, for whoever just changed it. Throws `not_visible`. */
export const showCluster = async (hub: Hub, id: string): Promise<ClusterView> =>
  viewCluster(hub, await findCluster(hub.store, id), await slugsOf(hub));
