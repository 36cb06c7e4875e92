import { type BroughtCharts, broughtCharts, noCharts } from '../delivery/brought-charts.ts';
import {
  type AskedChart,
  type PublishedChart,
  chartHazards,
  decideCharts,
} from '../domain/plan/chart-hazards.ts';
import { type AskedImage, imageHazards } from '../domain/plan/image-hazards.ts';
import type { Hazard } from '../domain/plan/plan.ts';
import { goesBack } from '../domain/plan/plan-parts.ts';
import { type Verdict, allow } from '../domain/refusal/verdict.ts';
import { broughtImages } from '../domain/verification/brought-images.ts';
import { type ImageName, imageText } from '../domain/verification/image-name.ts';
import type { AppliedEdits } from '../git/apply-edits.ts';
import { drive } from '../git/drive.ts';
import { type ObjectReader, readerAhead } from '../git/object-reader.ts';
import { readCommit } from '../git/read-commit.ts';
import { diffTrees } from '../tree/diff-trees.ts';
import type { Oid } from '../tree/object.ts';
import { everything } from '../tree/select.ts';
import type { Hub } from './hub.ts';
import type { PlannedQuestion } from './requests/plan-question.ts';

/** Images of one preview that registries are asked for. */
const mostImages = 20;

type Asking = Pick<Hub, 'imageRegistries'>;

/** A tree, and what a change makes of it. */
export interface TreePair {
  readonly before: Oid;
  readonly result: AppliedEdits;
}

/** What the files of a change ask for and did not before, and whether an old state comes back. */
export interface Brought {
  readonly images: readonly ImageName[];
  readonly charts: BroughtCharts;
  readonly back: boolean;
}

/** The images and the charts of chart repositories that a plan brings; none where no registry may be asked. */
export async function broughtBy(
  { imageRegistries }: Asking,
  reader: ObjectReader,
  { plan, result, layout }: PlannedQuestion,
): Promise<Brought> {
  const back = goesBack(plan);
  if (!imageRegistries.named) return { images: [], charts: noCharts, back };
  const ahead = readerAhead(reader, result.objects);
  const { tree } = await readCommit(reader, plan.base);
  const changes = await drive(ahead, diffTrees(tree, result.tree, everything));
  const images = await drive(ahead, broughtImages(changes));
  return { images, charts: await drive(ahead, broughtCharts({ changes, after: result.tree, layout })), back };
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

/** What registries and chart repositories say of a plan. */
export interface Said {
  readonly hazards: readonly Hazard[];
  /** Refused where something new asks for a chart that there is not. */
  readonly verdict: Verdict;
}

/** Asks for all that a plan brings: five seconds at most, and two where it brings no chart. Never throws. */
export async function askForBrought(hub: Asking, { images, charts, back }: Brought): Promise<Said> {
  const [[missing = []], said] = await Promise.all([
    askRegistries(hub, [images]),
    askCharts(hub, charts.charts),
  ]);
  return {
    hazards: [...missing, ...chartHazards(said, charts.more)],
    verdict: back ? allow : decideCharts(said),
  };
}

/**
 * The same for what is carried out at once: nobody waits for a registry, so that only those images are spoken of that
 * were asked for a moment ago. A chart that something new asks for is worth the wait.
 */
export async function recallBrought(hub: Asking, { images, charts, back }: Brought): Promise<Said> {
  const known = hub.imageRegistries.known(images);
  const recalled = images.filter((_, index) => known[index] !== undefined);
  return askForBrought(hub, { images: recalled, charts: back ? noCharts : charts, back });
}

/** Asks for these charts, five seconds at most. Never throws. */
export async function askCharts(
  { imageRegistries }: Asking,
  charts: readonly PublishedChart[],
): Promise<readonly AskedChart[]> {
  const answers = await imageRegistries.askForCharts(charts);
  return charts.map((chart, index): AskedChart => {
    const answer = answers[index] ?? { kind: 'unknown', reason: 'was not asked' };
    return { ...chart, found: answer.kind, reason: answer.kind === 'unknown' ? answer.reason : undefined };
  });
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
