import type { ServicePlace } from '../../delivery/delivery-places.ts';
import type { ManifestValue } from '../../delivery/manifest-set.ts';
import type { ServiceRendering } from '../render/render-service.ts';

/** The objects of a service that a change would have applied, or why they are not known. Secrets are in them. */
export interface WantedService {
  readonly place: ServicePlace;
  readonly objects: readonly ManifestValue[];
  readonly missing: string | undefined;
}

/** What of a rendered service the clusters are to be asked about. */
export function wantedObjects({ shown, wanted }: ServiceRendering): WantedService {
  const { tenant, environment, service, missing } = shown;
  const place = { tenant, environment, service };
  const reasons = missing.map(({ reason, at }) => `${at ? `${at.file}:${at.line}: ` : ''}${reason}`);
  const missed = missing.length === 0 ? undefined : [...new Set(reasons)].join('; ');
  return { place, objects: wanted, missing: missed };
}
