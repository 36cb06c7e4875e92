import { type Family, findFamilies } from './detect/anchor-families.ts';
import { findAnchors } from './detect/environment-anchors.ts';
import { byPromotion } from './detect/environment-name.ts';
import { readFamily } from './detect/family-readings.ts';
import type { Reading } from './detect/reading.ts';
import { folderTree } from './detect/folder-tree.ts';
import { type LayoutFigures, measureLayout } from './layout-figures.ts';
import { type Layout, type TemplateSource, makeLayout, ownerOf } from './layout.ts';
import { type Combination, combine } from './detect/combine-readings.ts';
import { readWithoutEnvironments } from './detect/plain-readings.ts';

/** What is known of a repository: its files, and the files that each of its past commits changed, newest first. */
export interface ObservedPaths {
  readonly paths: readonly string[];
  readonly commits: readonly (readonly string[])[];
}

/** A layout that fits a repository, ready for `knowngood.yaml`. */
export interface LayoutProposal {
  readonly templates: readonly TemplateSource[];
  /** The only values of `{environment}`, in the usual order of promotion; empty when the layout has none. */
  readonly environments: readonly string[];
  readonly figures: LayoutFigures;
}

const MOST_PATHS = 200_000;
const MOST_PROPOSALS = 5;
const MOST_FAMILIES = 8;
const SAMPLE = 20_000;
const DEPTH = 8;

/**
 * Up to five layouts for a repository nobody has described, the best first; none when nothing can be recognised.
 * Judged by files and commits covered, by names that recur where tenants, environments and services would, and by
 * simplicity. The same paths give the same answer, in any order.
 */
export function proposeLayouts(observed: ObservedPaths): readonly LayoutProposal[] {
  const paths = observed.paths.toSorted();
  const root = folderTree(sampleOf(paths, MOST_PATHS), DEPTH);
  const families = findFamilies(findAnchors(root));
  const primaries = families.filter(isPrimary).slice(0, MOST_FAMILIES);
  const readings = new Map<Family, readonly Reading[]>();
  const read = (family: Family): readonly Reading[] => {
    const known = readings.get(family) ?? readFamily(root, family);
    readings.set(family, known);
    return known;
  };
  const combinations = [
    ...primaries.flatMap((family) =>
      read(family).map((reading) => combine({ family, reading }, families, read)),
    ),
    ...readWithoutEnvironments(root).map((reading) => ({ ...reading, environments: [] })),
  ];
  const sample = { paths: sampleOf(paths, SAMPLE), commits: observed.commits.slice(0, 300) };
  const judged = distinct(combinations).map((one) => ({ one, figures: figuresOf(one, sample) }));
  const best = Math.max(0, ...judged.map(({ figures }) => coverage(figures)));
  const ranked = judged
    .filter(({ figures }) => figures.files.owned > 0 && coverage(figures) >= best / 2)
    .map(({ one, figures }) => ({ one, score: score(one, figures, best) }))
    .toSorted((a, b) => b.score - a.score || compare(keyOf(a.one), keyOf(b.one)))
    .filter(({ score: mine }, _, all) => mine >= 0.75 * (all[0]?.score ?? 0))
    .map(({ one }) => one);
  return differing(ranked, sample.paths).map((one) => ({
    templates: one.templates.map((path) => ({ path })),
    environments: one.environments,
    figures: figuresOf(one, { paths, commits: observed.commits }),
  }));
}

/** The first few that say something else than those before them of more than one file in ten that they know. */
function differing(ranked: readonly Combination[], paths: readonly string[]): readonly Combination[] {
  const kept: { readonly one: Combination; readonly names: readonly string[] }[] = [];
  for (const one of ranked) {
    if (kept.length >= MOST_PROPOSALS) break;
    const layout = layoutOf(one);
    const names = paths.map((path) => {
      const { tenant, environment, service } = ownerOf(layout, path) ?? {};
      return tenant === undefined || environment === undefined ? '' : `${tenant}/${environment}/${service}`;
    });
    const known = names.filter((name) => name !== '').length;
    const same = (other: readonly string[]) =>
      names.filter((name, at) => name !== '' && name === other[at]).length;
    if (kept.some((other) => same(other.names) >= 0.9 * known)) continue;
    kept.push({ one, names });
  }
  return kept.map(({ one }) => one);
}

/** A family large enough for a layout to be built round it. */
function isPrimary(family: Family, _: number, all: readonly Family[]): boolean {
  const most = Math.max(...all.map(({ files }) => files));
  return family.files >= most / 5;
}

const layoutOf = ({ templates, environments }: Combination): Layout =>
  makeLayout(
    templates.map((path) => ({ path })),
    environments,
  );

const figuresOf = (one: Combination, { paths, commits }: ObservedPaths): LayoutFigures =>
  measureLayout(layoutOf(one), paths, commits);

/** At most so many paths, evenly spread. */
const sampleOf = (paths: readonly string[], most: number): readonly string[] => {
  const step = Math.ceil(paths.length / most);
  return step <= 1 ? paths : paths.filter((_, index) => index % step === 0);
};

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

function coverage({ files, commits }: LayoutFigures): number {
  const matched = ratio(files.owned + files.shared, files.total);
  return commits.total === 0
    ? matched
    : (matched + ratio(commits.whole + commits.partly / 2, commits.total)) / 2;
}

function score(one: Combination, figures: LayoutFigures, best: number): number {
  const { files } = figures;
  const names = new Set(one.placeholders);
  const environment = names.has('environment') ? 0.25 : 0;
  const depth =
    one.evidence * (names.has('tenant') ? 0.2 : 0) + one.evidence * (names.has('service') ? 0.25 : 0);
  const owned = 0.15 * ratio(files.owned, files.owned + files.shared);
  return (
    0.5 * ratio(coverage(figures), best) +
    environment +
    depth +
    owned -
    Math.min(0.05, 0.002 * one.templates.length)
  );
}

const keyOf = (one: Combination): string => one.templates.join('\n');
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function distinct(combinations: readonly Combination[]): readonly Combination[] {
  const known = new Map<string, Combination>();
  for (const one of combinations) {
    const key = [...one.templates].toSorted().join('\n');
    const other = known.get(key);
    if (!other || other.evidence < one.evidence) known.set(key, one);
  }
  return [...known.values()].map((one) => ({
    ...one,
    environments: [...one.environments].toSorted(byPromotion),
  }));
}
