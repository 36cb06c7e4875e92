import { planUndo } from '../../src/domain/plan/plan-undo.ts';
import { parseKeep } from '../../src/domain/plan/keep.ts';
import { type Layout, defaultTemplates, makeLayout } from '../../src/domain/layout/layout.ts';
import type { Plan } from '../../src/domain/plan/plan.ts';
import { planPromotion } from '../../src/domain/plan/plan-promotion.ts';
import { planRelease } from '../../src/domain/plan/plan-release.ts';
import { planRollback } from '../../src/domain/plan/plan-rollback.ts';
import { type CarriedKind, carriedKinds } from '../../src/domain/plan/carried-kinds.ts';
import type { ReleaseChange } from '../../src/domain/plan/release-change.ts';
import type { Edit } from '../../src/tree/edit.ts';
import { type MemoryTrees, type Order, type TreeLiteral, memoryTrees } from './memory-trees.ts';

/** A rollback in memory: what is there now, what was there at the target, and what is asked for. */
export interface RollbackCase {
  readonly now: TreeLiteral;
  readonly past: TreeLiteral;
  readonly tenant?: string;
  readonly environment?: string;
  readonly service?: string;
  readonly fields?: readonly string[];
  readonly keep?: readonly string[];
  readonly includeShared?: boolean;
  readonly layout?: Layout;
  readonly order?: Order;
}

export const standardLayout = makeLayout(defaultTemplates, ['dev', 'staging', 'production']);

export interface Planned {
  readonly plan: Plan;
  /** The files after the edits, as texts. */
  readonly files: Readonly<Record<string, string>>;
  readonly trees: MemoryTrees;
}

const textOf = (literal: TreeLiteral[string]): string =>
  typeof literal === 'string' ? literal : literal.text;

/** The files after the edits; a folder that is put comes from `past`. */
function applied(
  now: TreeLiteral,
  edits: readonly Edit[],
  { texts, past }: { readonly texts: ReadonlyMap<string, string>; readonly past: TreeLiteral },
) {
  const files = new Map(Object.entries(now).map(([path, literal]) => [path, textOf(literal)]));
  const below = (path: string, folder: string) => path.startsWith(`${folder}/`);
  for (const edit of edits) {
    const { path } = edit;
    const isFolder = edit.kind === 'put' && edit.mode === '040000';
    if (isFolder || edit.kind === 'delete') {
      for (const name of files.keys()) if (name === path || below(name, path)) files.delete(name);
    }
    if (isFolder) {
      for (const [name, literal] of Object.entries(past))
        if (below(name, path)) files.set(name, textOf(literal));
    } else if (edit.kind !== 'delete') {
      files.set(path, edit.kind === 'write' ? edit.text : (texts.get(edit.oid) ?? '?'));
    }
  }
  return Object.fromEntries([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const idsOf = (trees: MemoryTrees, ...literals: readonly TreeLiteral[]) =>
  new Map(
    literals.flatMap((files) =>
      Object.values(files).map((file) => [trees.oidOf(textOf(file)), textOf(file)]),
    ),
  );

/** Plans a rollback of acme/production (unless told otherwise) and applies it in memory. */
export function rollBack(of: RollbackCase): Planned {
  const trees = memoryTrees();
  const { tenant = 'acme', environment = 'production', service, fields } = of;
  const mode = fields ? 'field' : service === undefined ? 'full' : 'service';
  const plan = trees.run(
    planRollback({
      scope: { mode, tenant, environment, service, fields },
      base: { revision: 'b'.repeat(40), tree: trees.tree(of.now) },
      target: { revision: 'a'.repeat(40), tree: trees.tree(of.past) },
      layout: of.layout ?? standardLayout,
      keep: (of.keep ?? []).map(parseKeep),
      includeShared: of.includeShared ?? false,
    }),
    of.order,
  );
  return {
    plan,
    files: applied(of.now, plan.edits, { texts: idsOf(trees, of.now, of.past), past: of.past }),
    trees,
  };
}

/** An undo in memory: the commit turned `found` into `left`; the branch has `now`. */
export interface UndoCase {
  readonly found: TreeLiteral;
  readonly left: TreeLiteral;
  readonly now: TreeLiteral;
  readonly service?: string;
  readonly fields?: readonly string[];
  readonly keep?: readonly string[];
}

export function undo({ found, left, now, service, fields, keep = [] }: UndoCase): Planned {
  const trees = memoryTrees();
  const plan = trees.run(
    planUndo({
      commit: { revision: 'c'.repeat(40), tree: trees.tree(left) },
      parentTree: trees.tree(found),
      base: { revision: 'b'.repeat(40), tree: trees.tree(now) },
      layout: standardLayout,
      where: service === undefined ? {} : { service },
      fields,
      keep: keep.map(parseKeep),
    }),
  );
  return {
    plan,
    files: applied(now, plan.edits, { texts: idsOf(trees, found, left, now), past: {} }),
    trees,
  };
}

/** Plans a release to acme/production and applies it in memory. */
export function release(of: {
  readonly now: TreeLiteral;
  readonly changes: readonly ReleaseChange[];
}): Planned {
  const trees = memoryTrees();
  const plan = trees.run(
    planRelease({
      where: { tenant: 'acme', environment: 'production' },
      changes: of.changes,
      base: { revision: 'b'.repeat(40), tree: trees.tree(of.now) },
      layout: standardLayout,
      blobId: trees.oidOf,
    }),
  );
  return { plan, files: applied(of.now, plan.edits, { texts: idsOf(trees, of.now), past: {} }), trees };
}

/** A promotion in memory, from staging to production of acme unless told otherwise. */
export interface PromotionCase {
  readonly now: TreeLiteral;
  readonly from?: string;
  readonly to?: string;
  readonly services?: readonly string[];
  readonly carry?: readonly CarriedKind[];
  readonly keep?: readonly string[];
  readonly layout?: Layout;
}

export function promote(of: PromotionCase): Planned {
  const trees = memoryTrees();
  const plan = trees.run(
    planPromotion({
      tenant: 'acme',
      from: of.from ?? 'staging',
      to: of.to ?? 'production',
      services: of.services ?? [],
      carry: of.carry ?? carriedKinds,
      keep: (of.keep ?? []).map(parseKeep),
      base: { revision: 'b'.repeat(40), tree: trees.tree(of.now) },
      layout: of.layout ?? standardLayout,
      blobId: trees.oidOf,
    }),
  );
  return { plan, files: applied(of.now, plan.edits, { texts: idsOf(trees, of.now), past: {} }), trees };
}
