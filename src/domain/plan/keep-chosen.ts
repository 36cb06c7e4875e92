import type { FieldChange } from '../../tree/fields/change.ts';
import type { FieldFile } from './field-file.ts';
import { type KeepPattern, namesField } from './keep.ts';
import type { Kept } from './plan.ts';

/** Chosen fields by their file, without those that patterns hold back. */
export interface KeptChoice {
  readonly chosen: ReadonlyMap<FieldFile, readonly FieldChange[]>;
  readonly kept: readonly Kept[];
}

/** Takes out of chosen fields what the patterns hold back: fields that they name, and all of a file that they name whole. */
export function keepChosen(
  patterns: readonly KeepPattern[],
  chosen: ReadonlyMap<FieldFile, readonly FieldChange[]>,
): KeptChoice {
  const kept: Kept[] = [];
  const rest = new Map<FieldFile, readonly FieldChange[]>();
  for (const [file, fields] of chosen) {
    const { path } = file.change;
    const left = fields.filter(({ address }) => {
      const pattern = patterns.find((each) => namesField(each, path, address));
      if (pattern) kept.push({ path, address, pattern: pattern.source });
      return !pattern;
    });
    if (left.length > 0) rest.set(file, left);
  }
  return { chosen: rest, kept };
}
