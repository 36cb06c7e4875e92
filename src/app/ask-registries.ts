import { type AskedImage, imageHazards } from '../domain/plan/image-hazards.ts';
import type { Hazard } from '../domain/plan/plan.ts';
import { broughtImages } from '../domain/verification/brought-images.ts';
import { type ImageName, imageText } from '../domain/verification/image-name.ts';
import { drive } from '../git/drive.ts';
import { type ObjectReader, readerAhead } from '../git/object-reader.ts';
import { readCommit } from '../git/read-commit.ts';
import { diffTrees } from '../tree/diff-trees.ts';
import { everything } from '../tree/select.ts';
import type { Hub } from './hub.ts';
import type { PlannedChange } from './plan-preview.ts';

/** Images of one preview that registries are asked for. */
const mostImages = 20;

/** The images that a planned change brings; none where no registry may be asked. */
export async function imagesOf(
  { imageRegistries }: Pick<Hub, 'imageRegistries'>,
  reader: ObjectReader,
  { plan, result }: PlannedChange,
): Promise<readonly ImageName[]> {
  if (!imageRegistries.named) return [];
  const { tree } = await readCommit(reader, plan.base);
  const ahead = readerAhead(reader, result.objects);
  const changes = await drive(ahead, diffTrees(tree, result.tree, everything));
  return drive(ahead, broughtImages(changes));
}

/** Asks registries for images: what is missing, and what nobody could tell. Takes two seconds at most; never throws. */
export async function askRegistries(
  { imageRegistries }: Pick<Hub, 'imageRegistries'>,
  images: readonly ImageName[],
): Promise<readonly Hazard[]> {
  const chosen = images.slice(0, mostImages);
  const answers = await imageRegistries.ask(chosen);
  const asked = chosen.map((image, index): AskedImage => {
    const answer = answers[index] ?? { kind: 'unknown', reason: 'was not asked' };
    const [registry = ''] = image.repository.split('/', 1);
    const reason = answer.kind === 'unknown' ? answer.reason : undefined;
    return { image: imageText(image), registry, found: answer.kind, reason };
  });
  return imageHazards(asked, images.length - chosen.length);
}
