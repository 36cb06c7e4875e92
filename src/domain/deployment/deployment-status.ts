import type { Deployment, DeploymentStatus } from './deployment.ts';

type Row = Pick<Deployment, 'services' | 'status' | 'statusServices'>;
type Standing = Pick<Deployment, 'status' | 'statusServices'>;

/**
 * How a deployment stands after some of its services were rolled back or failed; `undefined` means all of it. What
 * was rolled back stays so: a later failure of the same row no longer matters. Undefined when nothing changes.
 */
export function statusAfter(
  row: Row,
  status: Exclude<DeploymentStatus, 'success'>,
  services: readonly string[] | undefined,
): Standing | undefined {
  if (row.status === 'rolled_back' && status === 'failed') return undefined;
  const earlier = row.status === status ? row.statusServices : [];
  const touched = row.services.filter(
    (name) => services === undefined || services.includes(name) || earlier.includes(name),
  );
  const nothing = touched.length === 0 && services !== undefined;
  const same = row.status === status && touched.length === earlier.length;
  return nothing || same ? undefined : { status, statusServices: touched };
}
