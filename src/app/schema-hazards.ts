import { countValues, mostObjectValues, objectFaults } from '../delivery/check-object.ts';
import { type ManifestValue, kindOf, nameOf } from '../delivery/manifest-set.ts';
import type { Hazard } from '../domain/plan/plan.ts';
import { schemaOf } from './kube-schemas.ts';

/** An object and the file it is in, if it is in one. */
export interface SeenObject {
  readonly path: string | undefined;
  readonly value: ManifestValue;
}

const mostObjects = 200;
/** Values in all objects together: a check does not let go of the server before it is done. */
const mostValues = 50_000;
const shownFaults = 3;

/** A hazard for each object that is not as the published schema of its kind says; a cluster refuses such an object. */
export async function schemaHazards(objects: readonly SeenObject[]): Promise<readonly Hazard[]> {
  const found: Hazard[] = [];
  let left = mostValues;
  for (const { path, value } of objects.slice(0, mostObjects)) {
    const { apiVersion } = value;
    const validate = typeof apiVersion === 'string' ? await schemaOf(apiVersion, kindOf(value)) : undefined;
    if (!validate) continue;
    const room = Math.min(left, mostObjectValues);
    const values = countValues(value, room);
    if (values > room) continue;
    left -= values;
    const { shown, count } = objectFaults(value, validate, shownFaults);
    if (count === 0) continue;
    const more = count > shown.length ? `, and ${count - shown.length} more` : '';
    const message = `${kindOf(value)} ${nameOf(value)} is not as Kubernetes says: ${shown.join(', ')}${more}`;
    found.push({ code: 'object_invalid', message, blocking: false, paths: path === undefined ? [] : [path] });
  }
  return found;
}
