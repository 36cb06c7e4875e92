import type { ExpectedImage } from './expected-images.ts';
import { type ImageName, lastName, readImageName } from './image-name.ts';

/** A workload of an Application with the images of its pods, as they were reported. */
export interface RunningWorkload {
  readonly kind: string;
  readonly name: string;
  readonly images: readonly string[];
}

/** A running image that is another than the commit asks for. */
export interface OtherImage {
  /** `Deployment api` */
  readonly workload: string;
  readonly runs: string;
  /** The tag or digest that the commit asks for. */
  readonly expected: string;
}

/** How many running images could be compared, and which are others. Images that no file names are left out. */
export interface ImageComparison {
  readonly compared: number;
  readonly others: readonly OtherImage[];
}

/** Undefined where the two do not name the same part: a tag cannot be compared with a digest. */
function isSame(running: ImageName, expected: ExpectedImage): boolean | undefined {
  if (expected.digest !== undefined && running.digest !== undefined)
    return expected.digest === running.digest;
  if (expected.tag !== undefined && running.tag !== undefined) return expected.tag === running.tag;
  return undefined;
}

/** What is expected of an image: by its repository, or by a lone tag when it bears the name of the service. */
function expectedOf(
  running: ImageName,
  expected: readonly ExpectedImage[],
  service: string | undefined,
): readonly ExpectedImage[] {
  const named = expected.filter(({ repository }) => repository === running.repository);
  if (named.length > 0 || lastName(running) !== service) return named;
  return expected.filter(({ repository }) => repository === undefined);
}

/** Compares what runs with what files ask for; `service` is whose files they are, where they are of one. */
export function compareImages(
  running: readonly RunningWorkload[],
  expected: readonly ExpectedImage[],
  service: string | undefined,
): ImageComparison {
  let compared = 0;
  const others: OtherImage[] = [];
  for (const { kind, name, images } of running)
    for (const text of images) {
      const image = readImageName(text);
      const wanted = image ? expectedOf(image, expected, service) : [];
      const verdicts = wanted.flatMap((each) => (image ? (isSame(image, each) ?? []) : []));
      if (verdicts.length === 0) continue;
      compared += 1;
      // Two files may ask for two tags of one image: either is right.
      if (!verdicts.includes(true))
        others.push({ workload: `${kind} ${name}`, runs: text, expected: versionOf(wanted) });
    }
  return { compared, others };
}

const versionOf = (wanted: readonly ExpectedImage[]): string =>
  [...new Set(wanted.map(({ tag, digest }) => tag ?? digest ?? ''))].join(' or ');
