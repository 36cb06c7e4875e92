import type { TreeChange } from '../../tree/diff-trees.ts';
import type { Walk } from '../../tree/object.ts';
import { readTexts, textOids } from '../plan/read-texts.ts';
import { expectedImages } from './expected-images.ts';
import { type ImageName, imageText } from './image-name.ts';

/** More files than this are a move of everything; the first ones stand for it. */
const mostFiles = 200;
/** Only files that may name one are parsed. */
const telling = /image|newTag/i;

/** The images that changed files ask for and did not ask for before, each once, in the order of their texts. */
export function* broughtImages(changes: readonly TreeChange[]): Walk<readonly ImageName[]> {
  const wanted = changes.filter(({ after }) => after !== undefined).slice(0, mostFiles);
  const texts = yield* readTexts(textOids(wanted.flatMap(({ before, after }) => [before, after])));
  const imagesOn = (side: 'before' | 'after'): readonly ImageName[] =>
    expectedImages(
      wanted.flatMap(({ path, [side]: state }) => {
        const text = texts.get(state?.oid ?? '');
        return text !== undefined && telling.test(text) ? [{ path, text }] : [];
      }),
    ).flatMap(({ repository, ...version }) => (repository === undefined ? [] : [{ repository, ...version }]));
  const had = new Set(imagesOn('before').map(imageText));
  const brought = new Map(imagesOn('after').map((image) => [imageText(image), image]));
  return [...brought]
    .filter(([text]) => !had.has(text))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, image]) => image);
}
