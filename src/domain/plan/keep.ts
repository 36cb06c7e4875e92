import { type Glob, compileGlob } from '../layout/glob.ts';
import { Refusal } from '../refusal/refusal.ts';
import { matchesFieldPattern } from '../../tree/fields/field-pattern.ts';

/** A parsed pattern of what is kept, or held: which files, and which of their fields (the whole file when absent). */
export interface KeepPattern {
  readonly source: string;
  readonly matchesFile: Glob;
  readonly fields: string | undefined;
}

/** Reads `FILES` or `FILES#/field/address`, such as `**#/replicas`. Throws keep_malformed. */
export function parseKeep(source: string): KeepPattern {
  const refuse = (reason: string) => new Refusal('keep_malformed', { pattern: source, reason });
  if (source.length > 1024) throw refuse('longer than 1,024 characters');
  const mark = source.indexOf('#');
  const files = mark < 0 ? source : source.slice(0, mark);
  const fields = mark < 0 ? undefined : source.slice(mark + 1);
  if (files === '') throw refuse('names no file; write **#/replicas for a field of every file');
  if (files.startsWith('/')) throw refuse('must be relative to the root of the repository');
  if (files.split('/').includes('..')) throw refuse('".." is not allowed in a path');
  if (fields !== undefined && !fields.startsWith('/'))
    throw refuse('the field must begin with "/", as in **#/replicas');
  return { source, matchesFile: compileGlob(files), fields };
}

/** Whether a pattern names this field of a file, by itself or with all of that file. */
export const namesField = ({ matchesFile, fields }: KeepPattern, path: string, address: string): boolean =>
  matchesFile(path) && (fields === undefined || matchesFieldPattern(fields, address));
