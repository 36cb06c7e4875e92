import type { Edit } from '../tree/edit.ts';
import type { Walk } from '../tree/object.ts';
import { refuseCollisions } from './refuse-collisions.ts';
import { type Generator, type SourceChange, regenerate } from './regenerate.ts';

/** What `regenerate` says, where no object that it adds is made by another service, too. Throws delivery_invalid. */
export function* generateChange(generator: Generator, change: SourceChange): Walk<readonly Edit[]> {
  const edits = yield* regenerate(generator, change);
  yield* refuseCollisions(generator, { ...change, edits });
  return edits;
}
