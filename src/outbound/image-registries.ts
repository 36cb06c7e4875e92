import type { ImageName } from '../domain/verification/image-name.ts';
import type { Clock } from '../std/clock.ts';
import { askForImage } from './image-registry.ts';
import type { NamedRegistry, RegistryAnswer } from './registry-call.ts';

/** The registries that an operator named, asked with patience for a person who waits. */
export interface ImageRegistries {
  /** Whether there is any to ask. */
  readonly named: boolean;
  /** An answer for each image, in their order, within two seconds in all. Never throws. */
  readonly ask: (images: readonly ImageName[]) => Promise<readonly RegistryAnswer[]>;
}

/** Milliseconds. */
const patience = 2_000;
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
  const askOne = async (image: ImageName): Promise<RegistryAnswer> => {
    const key = JSON.stringify([image.repository, image.tag, image.digest]);
    const found = known.get(key);
    if (found && found.until > clock()) return found.answer;
    if (asking >= mostAtOnce)
      return { kind: 'unknown', reason: 'is asked for too many images at the moment' };
    asking += 1;
    try {
      const answer = await askForImage(image, { named, timeout: patience });
      remember(key, answer);
      return answer;
    } finally {
      asking -= 1;
    }
  };
  return { named: named.length > 0, ask: (images) => Promise.all(images.map(askOne)) };
}
