import { type Family, type PatternPart, variablesOf } from './anchor-families.ts';
import type { Anchor } from './environment-anchors.ts';
import type { Reading } from './reading.ts';
import { isSharedWord, isWrapperWord } from './folder-words.ts';

/** The templates of one layout, with the environments they are about. */
export interface Combination extends Reading {
  readonly environments: readonly string[];
}

/** A family understood in one way. */
export interface ReadFamily {
  readonly family: Family;
  readonly reading: Reading;
}

const MOST_FAMILIES = 8;
const LONGEST_ENVIRONMENTS = 700;

/**
 * Joins to a family those others that fit it: they give no name the first one lacks, and mean the same by theirs.
 * Each place where environments stand is told of once.
 */
export function combine(
  first: ReadFamily,
  families: readonly Family[],
  read: (family: Family) => readonly Reading[],
): Combination {
  const used = new Set<Anchor>(first.family.anchors);
  const chosen: ReadFamily[] = [first];
  const smallest = (family: Family) =>
    Math.max(2, first.family.files * (variablesOf(family).length > 0 ? 0.01 : 0.05));
  for (const family of families.toSorted(fewestVariables)) {
    if (chosen.length >= MOST_FAMILIES) break;
    const aligned = align(first.family, family);
    if (!aligned || family.anchors.some((anchor) => used.has(anchor))) continue;
    if (!aligned.inside && (isInsideShared(family) || family.files < smallest(family))) continue;
    const reading = bestOf(read(aligned.family), first.reading);
    if (!reading) continue;
    chosen.push({ family: aligned.family, reading });
    for (const anchor of family.anchors) used.add(anchor);
  }
  const templates = [...new Set(chosen.flatMap(({ reading }) => reading.templates))];
  const environments = chosen.flatMap(({ family }) =>
    family.anchors.flatMap((anchor) => anchor.environments),
  );
  return { ...first.reading, templates, environments: withinLimit(environments) };
}

const isInsideShared = ({ pattern }: Family): boolean =>
  pattern.some(
    (part, index) => index > 0 && part !== undefined && isSharedWord(part) && !isWrapperWord(part),
  );

/** Families with names first, then those of a single folder, so that a name is only spelt out where it must be. */
const fewestVariables = (a: Family, b: Family): number => rank(a) - rank(b) || b.files - a.files;
const rank = (family: Family): number => [3, 1, 2][variablesOf(family).length] ?? 4;

/**
 * The other family, as far as it can stand beside the first one. A single place such as `components/api/overlays`
 * takes the open position of `components/…`; a place in the middle of a member's folder cannot be told of.
 */
function align(
  first: Family,
  other: Family,
): { readonly family: Family; readonly inside: boolean } | undefined {
  const variables = variablesOf(other).length;
  const own = variablesOf(first);
  if (variables > own.length) return undefined;
  if (variables > 0 || own.length === 0) return { family: other, inside: false };
  const begins = first.pattern.every((part, index) => part === undefined || part === other.pattern[index]);
  if (!begins || other.pattern.length < first.pattern.length) return { family: other, inside: false };
  const rest = other.pattern.slice(first.pattern.length);
  if (rest.length > 0 && !rest.every((part) => part !== undefined && isWrapperWord(part))) return undefined;
  const pattern: PatternPart[] = other.pattern.map((part, index) => (own.includes(index) ? undefined : part));
  return { family: { ...other, pattern }, inside: true };
}

function bestOf(readings: readonly Reading[], first: Reading): Reading | undefined {
  const fitting = readings.filter(
    (one) =>
      one.roles.every((role) => first.roles.includes(role)) &&
      belowOf(one).every((name) => belowOf(first).includes(name)),
  );
  const size = ({ placeholders }: Reading) => placeholders.length;
  return fitting.toSorted((a, b) => size(b) - size(a) || b.evidence - a.evidence)[0];
}

/** The names that do not stand before the environment. */
const belowOf = ({ placeholders, roles }: Reading): readonly string[] =>
  placeholders.filter((name) => !roles.some((role) => role === name));

/** The names, once each, as many as fit in a template as the values of a placeholder. */
function withinLimit(names: readonly string[]): readonly string[] {
  let length = 0;
  const counts = Map.groupBy(names, (name) => name);
  const frequent = [...counts].toSorted(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1));
  return frequent.map(([name]) => name).filter((name) => (length += name.length + 1) <= LONGEST_ENVIRONMENTS);
}
