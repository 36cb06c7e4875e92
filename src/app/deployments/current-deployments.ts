import type { Deployment } from '../../domain/deployment/deployment.ts';
import type { Hub } from '../hub.ts';

/** Tells whether a deployment is the one in force: the newest of its tenant-environment. */
export async function currentDeployments(
  hub: Pick<Hub, 'store'>,
  projectId: string,
): Promise<(deployment: Deployment) => boolean> {
  const key = ({ tenant, environment }: Deployment): string => `${tenant}/${environment}`;
  const latest = await hub.store.deployments.latest(projectId);
  const newest = new Map(latest.map((row) => [key(row), row.position]));
  return (row) => newest.get(key(row)) === row.position;
}
