import type { RenderedResult } from '../../app/render/render-wish.ts';
import type { Rendered } from '../../contract/rendered.ts';
import type { RenderedService } from '../../domain/rendered/rendered-change.ts';

/** Rendered objects as they go over the wire. Secret values were masked when they were compared. */
export const wireRendered = ({ digest, change }: RenderedResult): Rendered => ({
  digest,
  tools: [...change.tools],
  services: change.services.map(wireService),
  leftOut: [...change.leftOut],
});

const wireService = (service: RenderedService): Rendered['services'][number] => ({
  ...service,
  objects: service.objects.map((object) => ({
    ...object,
    namespace: object.namespace ?? null,
    before: object.before ?? null,
    after: object.after ?? null,
  })),
  missing: service.missing.map((layer) => ({ ...layer, at: layer.at ?? null })),
  hazards: service.hazards.map((hazard) => ({ ...hazard, paths: [...hazard.paths] })),
});
