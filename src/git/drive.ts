import type { Walk } from '../tree/object.ts';
import type { ObjectReader } from './object-reader.ts';

/** Runs a walk to its result, answering all the ids of one yield in one round trip. Errors of the reader reach the caller. */
export async function drive<Result>(reader: Pick<ObjectReader, 'read'>, walk: Walk<Result>): Promise<Result> {
  let step = walk.next();
  while (step.done !== true) step = walk.next(await reader.read(step.value));
  return step.value;
}
