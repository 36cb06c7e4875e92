import type { DriftFinding } from '../../domain/cluster/application.ts';
import { type ClusterPresence, clusterPresence } from '../../domain/cluster/cluster-presence.ts';
import type { TenantEnvironment } from '../../domain/plan/scope.ts';
import type { ClusterApplication } from '../../store/cluster-applications.ts';
import type { Tables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';

/** An Application of a tenant-environment with its cluster, and the drift of what it manages. */
export interface PlacedApplication extends ClusterApplication {
  readonly cluster: { readonly id: string; readonly name: string; readonly presence: ClusterPresence };
  readonly reportedAt: number;
  readonly drift: { readonly findings: readonly DriftFinding[]; readonly reportedAt: number } | undefined;
}

export interface PlaceSight {
  readonly applications: readonly PlacedApplication[];
  /** Names of clusters that a person bound, and that report no Application of it. */
  readonly silent: readonly string[];
}

const same = (one: DriftFinding, other: { kind: string; namespace: string; name: string }): boolean =>
  one.kind === other.kind &&
  one.name === other.name &&
  (one.namespace === '' || other.namespace === '' || one.namespace === other.namespace);

/** Drift is told by object; an agent may name the Application instead. */
const findingsOf = (
  findings: readonly DriftFinding[],
  { application }: ClusterApplication,
): readonly DriftFinding[] =>
  findings.filter(
    (finding) =>
      [application.name, `${application.namespace}/${application.name}`].includes(finding.scope) ||
      application.resources.some((resource) => same(finding, resource)),
  );

/** Where reports are kept: the store, or a transaction of it. */
export interface Reports {
  readonly store: Pick<Tables, 'clusterApplications' | 'clusterBindings' | 'clusterReports' | 'clusters'>;
  readonly clock: Hub['clock'];
}

/** What clusters reported last of a tenant-environment. */
export async function observePlace(
  { store, clock }: Reports,
  projectId: string,
  where: TenantEnvironment,
): Promise<PlaceSight> {
  const rows = await store.clusterApplications.at(projectId, where);
  const bindings = await store.clusterBindings.at(projectId, where);
  const applications: PlacedApplication[] = [];
  const silent: string[] = [];
  const ids = [...rows, ...bindings].map(({ clusterId }) => clusterId);
  for (const id of new Set(ids)) {
    const cluster = await store.clusters.get(id);
    if (cluster === undefined) continue;
    const own = rows.filter(({ clusterId }) => clusterId === id);
    if (own.length === 0) silent.push(cluster.name);
    const head = await store.clusterReports.head(id, 'applications');
    const drift = own.length === 0 ? undefined : await store.clusterReports.get(id, 'drift');
    const findings = drift && (JSON.parse(drift.body) as DriftFinding[]);
    const presence = clusterPresence(cluster.seenAt, clock());
    for (const row of own)
      applications.push({
        ...row,
        cluster: { id, name: cluster.name, presence },
        reportedAt: Math.min(head?.reportedAt ?? 0, head?.receivedAt ?? 0),
        drift: drift &&
          findings && {
            findings: findingsOf(findings, row),
            reportedAt: Math.min(drift.reportedAt, drift.receivedAt),
          },
      });
  }
  return { applications, silent };
}
