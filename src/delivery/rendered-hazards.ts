import type { Hazard } from '../domain/plan/plan.ts';
import type { RenderedObject } from '../domain/rendered/rendered-change.ts';
import type { ComparedObjects } from './compare-rendered.ts';
import type { ServicePlace } from './delivery-places.ts';
import type { PlacedService } from './destinations.ts';
import { type ManifestValue, identityOf } from './manifest-set.ts';
import { objectHazards } from './object-hazards.ts';
import { objectsOf } from './rendered-object.ts';
import { foundHazards } from './source-hazards.ts';

/** Objects of a service as they were rendered, and whether an old state comes back. */
export interface RenderedState extends Pick<ComparedObjects, 'before' | 'after' | 'beside'> {
  readonly service: string;
  readonly back: boolean;
}

/** The hazards that plain manifests have, of objects that kustomize or helm made. They are in no file, so none is named. */
export function renderedHazards({ service, before, after, beside, back }: RenderedState): readonly Hazard[] {
  if (before.length + after.length === 0) return [];
  const found = (values: readonly ManifestValue[]) =>
    values.map((value) => ({ path: service, place: service, value }));
  const [was, is, there] = [found(before), found(after), found([...after, ...beside])];
  const hazards = [...objectHazards(was, there), ...foundHazards({ was, is, beside: there, back })];
  return hazards.map((hazard) => ({ ...hazard, paths: [] }));
}

/** A service with the documents that are made for it after a change, and where they go. */
export interface MadeService extends PlacedService {
  readonly documents: readonly string[];
}

const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? (apiVersion.split('/', 1)[0] ?? '') : '';

const keyOf = ({ apiVersion, kind, namespace = '', name }: RenderedObject): string =>
  JSON.stringify([groupOf(apiVersion), kind, namespace, name]);

/**
 * A hazard for each object that comes to a service and that another one makes, too, for the same namespace of the same
 * cluster. Throws an error with a reason when documents are no YAML.
 */
export function collisionHazards(
  { place, destination, objects }: PlacedService & { readonly objects: readonly RenderedObject[] },
  all: readonly MadeService[],
): readonly Hazard[] {
  const own = serviceName(place);
  const others = all.filter((other) => other.destination === destination && serviceName(other.place) !== own);
  return objects
    .filter(({ change }) => change === 'added')
    .flatMap((object): Hazard[] => {
      const key = keyOf(object);
      const other = others.find(({ documents }) =>
        // Reading YAML takes long; a document without the name is not it.
        documents
          .filter((text) => text.includes(object.name))
          .flatMap(objectsOf)
          .some((value) => identityOf(value) === key),
      )?.place;
      if (!other) return [];
      const near = other.tenant === place.tenant && other.environment === place.environment;
      const maker = near ? other.service : serviceName(other);
      const message = `${object.kind} ${object.name} is made by ${maker}, too: each sync of one would undo the other`;
      return [{ code: 'object_collides', message, blocking: false, paths: [] }];
    });
}

/** A service as people read it: `acme/production/api`. */
export const serviceName = ({ tenant, environment, service }: ServicePlace): string =>
  `${tenant}/${environment}/${service}`;
