import { type AskedImage, imageHazards } from '../domain/plan/image-hazards.ts';
import type { Hazard } from '../domain/plan/plan.ts';
import { broughtImages } from '../domain/verification/brought-images.ts';
import { type ImageName, imageText } from '../domain/verification/image-name.ts';
import type { AppliedEdits } from '../git/apply-edits.ts';
import { drive } from '../git/drive.ts';
import { type ObjectReader, readerAhead } from '../git/object-reader.ts';
import { diffTrees } from '../tree/diff-trees.ts';
import type { Oid } from '../tree/object.ts';
import { everything } from '../tree/select.ts';
import type { Hub } from './hub.ts';

/** Images of one preview that registries are asked for. */
const mostImages = 20;

type Asking = Pick<Hub, 'imageRegistries'>;

/** A tree, and what a change makes of it. */
export interface TreePair {
  readonly before: Oid;
  readonly result: AppliedEdits;
}

/** The images that the files of a change bring; none where no registry may be asked. */
export async function imagesOf(
  { imageRegistries }: Asking,
  reader: ObjectReader,
  { before, result }: TreePair,
): Promise<readonly ImageName[]> {
  if (!imageRegistries.named) return [];
  const ahead = readerAhead(reader, result.objects);
  const changes = await drive(ahead, diffTrees(before, result.tree, everything));
  return drive(ahead, broughtImages(changes));
}

/**
 * Asks registries for the images of each group, the first ones of all groups together: what is missing, and what nobody
 * could tell, group by group. Takes two seconds at most; never throws.
 */
export async function askRegistries(
  { imageRegistries }: Asking,
  groups: readonly (readonly ImageName[])[],
): Promise<readonly (readonly Hazard[])[]> {
  const all = new Map(groups.flat().map((image) => [imageText(image), image]));
  const chosen = [...all].slice(0, mostImages);
  const answers = await imageRegistries.ask(chosen.map(([, image]) => image));
  const asked = new Map(
    chosen.map(([text, { repository }], index): [string, AskedImage] => {
      const answer = answers[index] ?? { kind: 'unknown', reason: 'was not asked' };
      const [registry = ''] = repository.split('/', 1);
      const reason = answer.kind === 'unknown' ? answer.reason : undefined;
      return [text, { image: text, registry, found: answer.kind, reason }];
    }),
  );
  return groups.map((images) => {
    const known = images.flatMap((image) => asked.get(imageText(image)) ?? []);
    return imageHazards(known, images.length - known.length);
  });
}
