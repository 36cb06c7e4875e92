import { heldImages } from '../../domain/hold/held-images.ts';
import type { RenderedChange, RenderedService } from '../../domain/rendered/rendered-change.ts';
import { type ImageName, imageText } from '../../domain/verification/image-name.ts';
import type { RequestKind } from '../../domain/request/request.ts';
import { askRegistries } from '../ask-registries.ts';
import type { Hub } from '../hub.ts';
import type { ServiceImages } from './render-change.ts';

/** What was rendered for a wish, and the images that its files name themselves: those the plan speaks of. */
export interface RenderedImages {
  readonly projectId: string;
  readonly kind: RequestKind;
  readonly change: RenderedChange;
  readonly images: readonly ServiceImages[];
  readonly named: readonly ImageName[];
}

/**
 * The same change with a hazard for each image that only a chart or a kustomization names and that its registry has no
 * more, or cannot tell of; and for each of a version that a rollback took away. Takes two seconds at most.
 */
export async function addImageHazards(
  hub: Hub,
  { projectId, kind, change, images, named }: RenderedImages,
): Promise<RenderedChange> {
  const told = new Set(named.map(imageText));
  const only = images.map((each) => each.filter((image) => !told.has(imageText(image))));
  // A rollback may bring back any version.
  const holds = kind === 'rollback' ? [] : await hub.store.holds.inForce(projectId, hub.clock());
  const missing = hub.imageRegistries.named ? await askRegistries(hub, only) : [];
  const services = change.services.map((service, index): RenderedService => {
    const held = heldImages(holds, { ...service, images: images[index] ?? [] });
    return { ...service, hazards: [...service.hazards, ...held, ...(missing[index] ?? [])] };
  });
  return { ...change, services };
}
