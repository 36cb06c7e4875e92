import { bindPlan } from '../../src/app/plan-preview.ts';
import type { Layout } from '../../src/domain/layout/layout.ts';
import { planRollback } from '../../src/domain/plan/plan-rollback.ts';
import type { Snapshot } from '../../src/domain/plan/plan-parts.ts';
import { pathPatterns } from '../../src/domain/layout/path-patterns.ts';
import { Refusal } from '../../src/domain/refusal/refusal.ts';
import { drive } from '../../src/git/drive.ts';
import type { ObjectReader } from '../../src/git/object-reader.ts';
import { writeCommit } from '../../src/git/write-commit.ts';
import type { TreeChange } from '../../src/tree/diff-trees.ts';
import type { Scratch } from './stock-git.ts';

export interface ParityCase {
  readonly tenant: string;
  readonly environment: string;
  readonly service: string;
  target: string;
}

/** What stock git and we made of one case: equal, not equal, or refused by us with a reason. */
export type CaseVerdict =
  | { readonly kind: 'equal' | 'different'; readonly commit: string; readonly changed: readonly TreeChange[] }
  | { readonly kind: 'refused'; readonly code: string };

export interface Bench {
  readonly reader: ObjectReader;
  readonly scratch: Scratch;
  readonly layout: Layout;
  readonly base: Snapshot;
  /** Pathspecs that take out what a more specific template shares. */
  readonly excluded: readonly string[];
}

const person = { name: 'Parity', email: 'parity@example.com', seconds: 1_800_000_000, zone: '+0000' };

/** Plans one rollback, writes it, and compares its tree with the one that `git restore` makes of the same paths. */
export async function judgeTree(
  bench: Bench,
  one: ParityCase,
  mode: 'full' | 'service',
): Promise<CaseVerdict> {
  const { reader, scratch, layout, base } = bench;
  const where = {
    tenant: one.tenant,
    environment: one.environment,
    ...(mode === 'service' ? { service: one.service } : {}),
  };
  const target = { revision: one.target, tree: scratch.git('rev-parse', `${one.target}^{tree}`) };
  try {
    const query = { scope: { mode, ...where }, base, target, layout, keep: [], includeShared: false };
    const plan = await drive(reader, planRollback(query));
    const { result } = await bindPlan(reader, plan, { tree: base.tree, project: undefined });
    const content = {
      tree: result.tree,
      parents: [base.revision],
      author: person,
      committer: person,
      message: 'x',
    };
    const commit = await writeCommit(reader.repository, content, result.objects);
    const pathspecs = [
      ...pathPatterns(layout, where).map((pattern) => `:(glob)${pattern}`),
      ...bench.excluded,
    ];
    const expected = scratch.restoredTree(base.revision, one.target, pathspecs);
    const changed = plan.services.flatMap(({ files }) => files);
    return { kind: expected === result.tree ? 'equal' : 'different', commit, changed };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', code: error.code };
    throw error;
  }
}
