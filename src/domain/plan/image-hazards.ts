import { shortText } from './hazard-text.ts';
import type { Hazard } from './plan.ts';

/** An image that a plan brings, as it is written, and what its registry says of it. */
export interface AskedImage {
  readonly image: string;
  readonly registry: string;
  readonly found: 'there' | 'missing' | 'unknown';
  /** Of what is unknown: a clause behind the name of the registry. */
  readonly reason?: string | undefined;
}

const shownImages = 5;

/** A hazard for each image that is missing, and one for all that nobody could tell. `unasked` were too many to ask for. */
export function imageHazards(asked: readonly AskedImage[], unasked = 0): readonly Hazard[] {
  const missing = asked
    .filter(({ found }) => found === 'missing')
    .map(
      ({ image, registry }) =>
        `${shortText(image)} is missing: ${shortText(registry)} shows no such image, so that no new pod could start with it`,
    );
  const unknown = asked.filter(({ found }) => found === 'unknown');
  const rest = unknown.length - shownImages + unasked;
  const named = unknown
    .slice(0, shownImages)
    .map(
      ({ image, registry, reason }) =>
        `${shortText(image)} (${shortText(registry)} ${reason ?? 'does not say'})`,
    );
  const list = [...named, ...(unknown.length > shownImages || unasked > 0 ? [`${rest} more`] : [])];
  return [
    ...missing.map((message) => hazardOf('image_missing', message)),
    ...(list.length > 0
      ? [hazardOf('image_unknown', `unknown whether these images are still there: ${list.join(', ')}`)]
      : []),
  ];
}

const hazardOf = (code: Hazard['code'], message: string): Hazard => ({
  code,
  message,
  blocking: false,
  paths: [],
});
