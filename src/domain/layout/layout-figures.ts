import { type Layout, type Owner, isShared, ownerOf } from './layout.ts';
import { byPromotion } from './detect/environment-name.ts';

/** What a layout makes of a repository: the names it finds and how much of files and history it speaks of. */
export interface LayoutFigures {
  /** Of paths that belong to one tenant-environment, sorted; `default` where the layout has no such name. */
  readonly tenants: readonly string[];
  /** In the usual order of promotion. */
  readonly environments: readonly string[];
  readonly services: readonly string[];
  readonly files: {
    readonly total: number;
    /** In exactly one tenant-environment. */
    readonly owned: number;
    readonly shared: number;
    readonly generated: number;
    readonly unmatched: number;
  };
  /** Commits that changed any file; `whole` when the layout speaks of all those files, `partly` of some. */
  readonly commits: { readonly total: number; readonly whole: number; readonly partly: number };
}

/** Counts what a layout gives for the files at a revision and for the files that past commits changed. */
export function measureLayout(
  layout: Layout,
  paths: readonly string[],
  commits: readonly (readonly string[])[],
): LayoutFigures {
  const owner = rememberingOwner(layout);
  const found = { tenant: new Set<string>(), environment: new Set<string>(), service: new Set<string>() };
  const files = { total: paths.length, owned: 0, shared: 0, generated: 0, unmatched: 0 };
  for (const path of paths) {
    const whose = owner(path);
    const kind = kindOf(whose);
    files[kind] += 1;
    if (!whose || kind !== 'owned') continue;
    for (const name of ['tenant', 'environment', 'service'] as const) {
      const value = whose[name];
      if (value !== undefined) found[name].add(value);
    }
  }
  return {
    tenants: [...found.tenant].toSorted(),
    environments: [...found.environment].toSorted(byPromotion),
    services: [...found.service].toSorted(),
    files,
    commits: countCommits(commits, owner),
  };
}

function kindOf(owner: Owner | undefined): 'owned' | 'shared' | 'generated' | 'unmatched' {
  if (!owner) return 'unmatched';
  if (owner.generated) return 'generated';
  return isShared(owner) ? 'shared' : 'owned';
}

type FindOwner = (path: string) => Owner | undefined;

function countCommits(commits: readonly (readonly string[])[], owner: FindOwner): LayoutFigures['commits'] {
  let [total, whole, partly] = [0, 0, 0];
  for (const changed of commits) {
    if (changed.length === 0) continue;
    total += 1;
    const covered = changed.filter((path) => owner(path) !== undefined).length;
    if (covered === changed.length) whole += 1;
    else if (covered > 0) partly += 1;
  }
  return { total, whole, partly };
}

/** Files further down than any template goes have the owner of their folder there, which is looked up once. */
function rememberingOwner(layout: Layout): FindOwner {
  const deepest = Math.max(0, ...layout.templates.map(({ segments }) => segments.length));
  const known = new Map<string, Owner | undefined>();
  return (path) => {
    const end = endOf(path, deepest + 1);
    const key = end < 0 ? path : `${path.slice(0, end)}/`;
    if (!known.has(key)) known.set(key, ownerOf(layout, path));
    return known.get(key);
  };
}

/** Where the first `segments` segments end; -1 when the path has no more than these. */
function endOf(path: string, segments: number): number {
  let at = -1;
  for (let count = 0; count < segments; count += 1) {
    at = path.indexOf('/', at + 1);
    if (at < 0) return -1;
  }
  return at;
}
