import type { Rendered } from '../contract/rendered.ts';
import type { HazardCode } from '../domain/plan/plan.ts';
import type { RenderedChange } from '../domain/rendered/rendered-change.ts';

/** Rendered objects that a server made. */
export const ofWireRendered = ({ tools, services, leftOut }: Rendered): RenderedChange => ({
  tools,
  leftOut,
  services: services.map((service) => ({
    ...service,
    objects: service.objects.map((object) => ({
      ...object,
      namespace: object.namespace ?? undefined,
      before: object.before ?? undefined,
      after: object.after ?? undefined,
    })),
    missing: service.missing.map((layer) => ({ ...layer, at: layer.at ?? undefined })),
    hazards: service.hazards.map((hazard) => ({ ...hazard, code: hazard.code as HazardCode })),
  })),
});
