import type { Application } from '../../domain/cluster/application.ts';
import { healthStateOf, recordHealth } from '../../domain/cluster/health-record.ts';
import type { ClusterApplication } from '../../store/cluster-applications.ts';
import type { TransactionTables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import type { Agent } from './agent.ts';
import { applicationKey, bindApplications } from './bind-applications.ts';
import { type ReportOutcome, hashOf, keepReport } from './receive-report.ts';

/** The Applications of a cluster as they are now, with what each deploys; health is added to its deployments. */
export async function receiveApplications(
  hub: Hub,
  agent: Agent,
  {
    applications,
    reportedAt,
  }: { readonly applications: readonly Application[]; readonly reportedAt: number | undefined },
): Promise<ReportOutcome> {
  const clusterId = agent.cluster.id;
  const bound = await bindApplications(hub, clusterId, applications);
  // One name, one Application: of two in a report the later counts.
  const rows = new Map<string, ClusterApplication>();
  for (const application of applications) {
    const key = applicationKey(application);
    rows.set(key, {
      clusterId,
      application,
      bound: bound.get(key),
      hash: hashOf(JSON.stringify(application)),
    });
  }
  const outcome = await keepReport(hub, agent, {
    kind: 'applications',
    reportedAt,
    // They are kept one by one; here only whether anything changed.
    body: JSON.stringify([...rows.values()].map(({ hash }) => hash)),
    keep: async (tx, at) => {
      await tx.clusterApplications.replace(clusterId, [...rows.values()]);
      for (const row of rows.values()) await recordDeployments(tx, row, at);
    },
  });
  if (outcome !== 'stale') hub.wake('clusters');
  return outcome;
}

/** Adds a look at the deployment that an Application runs, and, once, those that it says it ran before. */
async function recordDeployments(
  tx: TransactionTables,
  { clusterId, application, bound }: ClusterApplication,
  at: number,
): Promise<void> {
  if (bound === undefined) return;
  const { projectId, tenant, environment } = bound;
  const keyOf = async (revision: string) => {
    const deployment = await tx.deployments.inForce(projectId, { tenant, environment }, revision);
    const key = { projectId, tenant, environment, clusterId, application: applicationKey(application) };
    return deployment && { ...key, revision: deployment.revision };
  };
  const key = await keyOf(application.liveRevision);
  if (key === undefined) return;
  const record = await tx.deploymentHealth.get(key);
  const state = healthStateOf(application.healthStatus);
  await tx.deploymentHealth.put(key, recordHealth(record, { state, at }));
  if (record !== undefined) return;
  for (const { revision, deployedAt } of application.history) {
    const past =
      deployedAt === undefined || revision === application.liveRevision ? undefined : await keyOf(revision);
    if (past === undefined || deployedAt === undefined || past.revision === key.revision) continue;
    if ((await tx.deploymentHealth.get(past)) !== undefined) continue;
    await tx.deploymentHealth.put(
      past,
      recordHealth(undefined, { state: 'Unknown', at: Math.min(deployedAt, at) }),
    );
  }
}
