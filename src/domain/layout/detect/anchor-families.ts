import type { Affix, Anchor } from './environment-anchors.ts';
import { isSharedWord, isWrapperWord } from './folder-words.ts';

/** One part of a family's path: a name that all members have, or `undefined` where each has its own. */
export type PatternPart = string | undefined;

/** Anchors whose paths agree but for one or two names, such as `components/…/overlays`. */
export interface Family {
  readonly pattern: readonly PatternPart[];
  readonly affix: Affix | undefined;
  readonly anchors: readonly Anchor[];
  readonly files: number;
}

/** The positions of a family's path at which its members differ. */
export const variablesOf = (family: Pick<Family, 'pattern'>): readonly number[] =>
  family.pattern.flatMap((part, index) => (part === undefined ? [index] : []));

const filesOf = (anchors: readonly Anchor[]): number => anchors.reduce((sum, { files }) => sum + files, 0);

/** Every way to see the anchors as a family, single ones included; the most files first. */
export function findFamilies(anchors: readonly Anchor[]): readonly Family[] {
  const groups = Map.groupBy(
    anchors,
    ({ parent, affix }) => `${parent.length} ${affix ? `${affix.prefix}\0${affix.suffix}` : ''}`,
  );
  const families = [...groups.values()].flatMap((group) => [
    ...masks(group, 0),
    ...masks(group, 1),
    ...masks(group, 2),
  ]);
  return withoutDominated(families).toSorted(byWeight);
}

/** The most files first, then the fewest variables, then by name. */
const byWeight = (a: Family, b: Family): number =>
  b.files - a.files || variablesOf(a).length - variablesOf(b).length || compare(nameOf(a), nameOf(b));

const nameOf = ({ pattern, affix }: Family): string =>
  JSON.stringify([pattern.map((part) => part ?? null), affix ?? null]);
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function masks(group: readonly Anchor[], variables: 0 | 1 | 2): Family[] {
  const found = new Map<string, { pattern: readonly PatternPart[]; anchors: Anchor[] }>();
  for (const anchor of group) {
    for (const open of choices(anchor.parent, variables)) {
      const pattern = anchor.parent.map((name, index) => (open.includes(index) ? undefined : name));
      const key = JSON.stringify(pattern.map((part) => part ?? null));
      const family = found.get(key) ?? { pattern, anchors: [] };
      found.set(key, family);
      family.anchors.push(anchor);
    }
  }
  return [...found.values()]
    .filter(({ pattern, anchors }) => differsEverywhere(pattern, anchors))
    .map(({ pattern, anchors }) => ({ pattern, anchors, affix: anchors[0]?.affix, files: filesOf(anchors) }));
}

/** The positions that may be left open in this path: names of things, not wrappers or what is shared. */
function choices(parent: readonly string[], variables: 0 | 1 | 2): readonly (readonly number[])[] {
  const open = parent.flatMap((name, index) => (isWrapperWord(name) || isSharedWord(name) ? [] : [index]));
  if (variables === 0) return [[]];
  if (variables === 1) return open.map((index) => [index]);
  return open.flatMap((first) => open.filter((second) => second > first).map((second) => [first, second]));
}

function differsEverywhere(pattern: readonly PatternPart[], anchors: readonly Anchor[]): boolean {
  const variables = variablesOf({ pattern });
  return variables.every((index) => new Set(anchors.map(({ parent }) => parent[index])).size >= 2);
}

/** Leaves out a family when a larger one with as few open positions, or the same one with fewer, says it all. */
function withoutDominated(families: readonly Family[]): readonly Family[] {
  const bySize = families.toSorted(
    (a, b) => b.anchors.length - a.anchors.length || variablesOf(a).length - variablesOf(b).length,
  );
  const kept: Family[] = [];
  const seen = new Map<Anchor, { readonly variables: number; readonly members: ReadonlySet<Anchor> }[]>();
  for (const family of bySize) {
    const [first] = family.anchors;
    const variables = variablesOf(family).length;
    const rivals = (first && seen.get(first)) ?? [];
    const dominated = rivals.some(
      (rival) => rival.variables <= variables && family.anchors.every((one) => rival.members.has(one)),
    );
    if (dominated && variables > 0) continue;
    kept.push(family);
    if (variables === 0) continue;
    const rival = { variables, members: new Set(family.anchors) };
    for (const anchor of family.anchors) seen.set(anchor, [...(seen.get(anchor) ?? []), rival]);
  }
  return kept;
}
