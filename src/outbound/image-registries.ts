import { createHash } from 'node:crypto';
import type { ImageName } from '../domain/verification/image-name.ts';
import type { Clock } from '../std/clock.ts';
import { type ChartName, askForChart } from './chart-repository.ts';
import { askForImage } from './image-registry.ts';
import type { NamedRegistry, RegistryAnswer } from './registry-call.ts';

/** The registries that an operator named, asked with patience for a person who waits. */
export interface ImageRegistries {
  /** Whether there is any to ask. */
  readonly named: boolean;
  /** An answer for each image, in their order, within two seconds in all. Never throws. */
  readonly ask: (images: readonly ImageName[]) => Promise<readonly RegistryAnswer[]>;
  /** The answers of registries that are remembered, without asking anybody. */
  readonly known: (images: readonly ImageName[]) => readonly (RegistryAnswer | undefined)[];
  /** An answer for each chart, in their order, within five seconds in all. Never throws. */
  readonly askForCharts: (charts: readonly ChartName[]) => Promise<readonly RegistryAnswer[]>;
}

/** Milliseconds. */
const patience = 2_000;
/** An index can have many megabytes. */
const indexPatience = 5_000;
const knownFor = 60_000;
/** What could not be told may be told soon. */
const unknownFor = 10_000;
const mostKnown = 1_000;
/** Questions under way, of all previews together. */
const mostAtOnce = 40;

/** Nothing is asked before somebody wants to know. Answers are remembered for a minute. */
export function openImageRegistries(named: readonly NamedRegistry[], clock: Clock): ImageRegistries {
  const known = new Map<string, { readonly answer: RegistryAnswer; readonly until: number }>();
  let asking = 0;
  const remember = (key: string, answer: RegistryAnswer): void => {
    known.delete(key);
    known.set(key, { answer, until: clock() + (answer.kind === 'unknown' ? unknownFor : knownFor) });
    const [oldest] = known.keys();
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
  };
  const knownOf = (key: string): RegistryAnswer | undefined => {
    const found = known.get(key);
    return found && found.until > clock() ? found.answer : undefined;
  };
  const askOne = async (key: string, ask: () => Promise<RegistryAnswer>): Promise<RegistryAnswer> => {
    const found = knownOf(key);
    if (found) return found;
    if (asking >= mostAtOnce) return { kind: 'unknown', reason: 'is asked for too much at the moment' };
    asking += 1;
    try {
      const answer = await ask();
      // Whom nobody named can be told again at once, and would push out what was hard to learn.
      if (answer.kind !== 'unknown' || answer.asked !== false) remember(key, answer);
      return answer;
    } finally {
      asking -= 1;
    }
  };
  return {
    named: named.length > 0,
    ask: (images) =>
      Promise.all(
        images.map((image) =>
          askOne(imageKey(image), () => askForImage(image, { named, timeout: patience })),
        ),
      ),
    known: (images) => images.map((image) => knownOf(imageKey(image))),
    askForCharts: (charts) =>
      Promise.all(
        charts.map((chart) =>
          askOne(chartKey(chart), () => askForChart(chart, { named, timeout: indexPatience })),
        ),
      ),
  };
}

/** Names are written by others, and of any length. */
const shortKey = (parts: readonly (string | undefined)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64');
const imageKey = ({ repository, tag, digest }: ImageName): string =>
  shortKey(['image', repository, tag, digest]);
const chartKey = ({ repository, name, version }: ChartName): string =>
  shortKey(['chart', repository, name, version]);
