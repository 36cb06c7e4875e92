import { type ImageName, imageText, readImageName } from '../domain/verification/image-name.ts';
import { spotsOf } from './image-spots.ts';
import type { ManifestValue } from './manifest-set.ts';

const imagesIn = (objects: readonly ManifestValue[]): readonly ImageName[] =>
  objects
    .flatMap(spotsOf)
    .flatMap((spot) => (spot.kind === 'image' ? (readImageName(spot.value) ?? []) : []));

/** The images that containers of objects ask for after a change and did not before, each once, by their texts. */
export function renderedImages(
  before: readonly ManifestValue[],
  after: readonly ManifestValue[],
): readonly ImageName[] {
  const had = new Set(imagesIn(before).map(imageText));
  const has = new Map(imagesIn(after).map((image) => [imageText(image), image]));
  return [...has]
    .filter(([text]) => !had.has(text))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, image]) => image);
}
