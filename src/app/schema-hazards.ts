import { objectFaults } from '../delivery/check-object.ts';
import { type ManifestValue, kindOf, nameOf } from '../delivery/manifest-set.ts';
import type { Hazard } from '../domain/plan/plan.ts';
import { schemaOf } from './kube-schemas.ts';

/** An object and the file it is in, if it is in one. */
export interface SeenObject {
  readonly path: string | undefined;
  readonly value: ManifestValue;
}

const mostObjects = 200;
const shownFaults = 3;

/** A hazard for each object that is not as the published schema of its kind says; a cluster refuses such an object. */
export async function schemaHazards(objects: readonly SeenObject[]): Promise<readonly Hazard[]> {
  const found: Hazard[] = [];
  for (const { path, value } of objects.slice(0, mostObjects)) {
    const { apiVersion } = value;
    const validate = typeof apiVersion === 'string' ? await schemaOf(apiVersion, kindOf(value)) : undefined;
    const faults = validate ? objectFaults(value, validate) : [];
    if (faults.length === 0) continue;
    const more = faults.length > shownFaults ? `, and ${faults.length - shownFaults} more` : '';
    const message = `${kindOf(value)} ${nameOf(value)} is not as Kubernetes says: ${faults.slice(0, shownFaults).join(', ')}${more}`;
    found.push({ code: 'object_invalid', message, blocking: false, paths: path === undefined ? [] : [path] });
  }
  return found;
}
