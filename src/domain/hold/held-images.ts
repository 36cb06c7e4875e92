import type { Hazard } from '../plan/plan.ts';
import { isoTime } from '../../std/iso-time.ts';
import { type ImageName, imageText, readImageName } from '../verification/image-name.ts';
import type { HeldField, Hold } from './hold.ts';

/** The images that kustomize or helm makes one service ask for anew. */
export interface BroughtImages extends Pick<HeldField, 'tenant' | 'environment'> {
  readonly service: string;
  readonly images: readonly ImageName[];
}

/**
 * A hazard for each image of a version that a rollback took away from its service, and that comes back through another
 * field than the held one: from a base, or from a chart. `holds` are those in force.
 */
export const heldImages = (
  holds: readonly Hold[],
  { tenant, environment, service, images }: BroughtImages,
): readonly Hazard[] =>
  images.flatMap((image): Hazard[] => {
    const hold = holds.find(
      (each) =>
        each.tenant === tenant &&
        each.environment === environment &&
        (each.service === undefined || each.service === service) &&
        isValueOf(each, image),
    );
    if (!hold) return [];
    const { id, field, requestId, expiresAt } = hold;
    const message = `${imageText(image)} has the ${field} that ${requestId} took away, held by ${id} until ${isoTime(expiresAt)}`;
    return [{ code: 'image_held', message, blocking: false, paths: [] }];
  });

function isValueOf({ field, value }: Hold, image: ImageName): boolean {
  if (typeof value !== 'string') return false;
  if (/(?:^|[.\]])(?:tag|newTag)$/.test(field)) return value === image.tag;
  if (/(?:^|[.\]])digest$/.test(field)) return value === image.digest;
  if (!/(?:^|[.\]])image$/.test(field)) return false;
  const held = readImageName(value);
  return held !== undefined && imageText(held) === imageText(image);
}
