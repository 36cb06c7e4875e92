import { explainPlan } from '../domain/plan/explain-plan.ts';
import { parseKeep } from '../domain/plan/keep.ts';
import type { Regeneration } from '../domain/plan/regeneration.ts';
import { planRollback } from '../domain/plan/plan-rollback.ts';
import type { RollbackQuery } from '../domain/plan/rollback-query.ts';
import type { Commit } from '../git/commit-codec.ts';
import { generatorOf } from '../delivery/regenerate.ts';
import { drive } from '../git/drive.ts';
import { readCommit } from '../git/read-commit.ts';
import { type NamedScope, chooseScope, requireLayout } from './choose-scope.ts';
import { addHazards } from './add-hazards.ts';
import { compareRegenerated } from './compare-regenerated.ts';
import type { OpenedBranch } from './open-branch.ts';
import { type PlannedChange, bindPlan } from './plan-preview.ts';
import { type Moment, resolveTarget } from './resolve-target.ts';
import { refusing } from './refuse-git.ts';

/** A rollback as a person asks for it. */
export interface RollbackInput extends NamedScope, Moment {
  readonly to: string | undefined;
  /** Keep patterns on top of those of the project; in field mode the project's do not apply. */
  readonly keep: readonly string[];
  readonly includeShared: boolean;
}

/** The commit a plan is about: the target of a rollback, the undone commit of an undo. */
export interface CommitSummary {
  readonly revision: string;
  readonly subject: string;
  readonly author: string;
  /** Seconds since 1970-01-01 UTC, when it was committed. */
  readonly at: number;
}

/** A previewed change, with the question it answers, so that it can be planned again on a moved branch. */
export interface ChangePreview extends PlannedChange {
  /** Absent for a release. */
  readonly about: CommitSummary | undefined;
  readonly replan: (opened: OpenedBranch) => Promise<PlannedChange>;
  /** Of a rollback that generates files. */
  readonly regeneration?: Regeneration | undefined;
}

export interface RollbackPreview extends ChangePreview {
  readonly about: CommitSummary;
}

/** Plans a rollback and fills in every changed field for people to read. Nothing is written. */
export const previewRollback = refusing(
  async (opened: OpenedBranch, input: RollbackInput): Promise<RollbackPreview> => {
    const layout = requireLayout(opened);
    const scope = await chooseScope(opened, input);
    const own = input.keep.map(parseKeep);
    const keep = scope.mode === 'field' ? own : [...opened.keep, ...own];
    const target = await resolveTarget(opened, { ...input, scope });
    const query = { scope, target, layout, keep, includeShared: input.includeShared };
    const replan = async (now: OpenedBranch): Promise<PlannedChange> => planOn(now, query);
    const change = await replan(opened);
    const explained = await drive(opened.reader, explainPlan(change.plan));
    const plan = await addHazards(opened.reader, change, explained);
    const regeneration = opened.project && (await compareRegenerated(opened.reader, change));
    const about = summarise(await readCommit(opened.reader, target.revision));
    return { ...change, plan, replan, about, regeneration };
  },
);

export const summarise = ({ oid, message, author, committer }: Commit): CommitSummary => ({
  revision: oid,
  subject: message.split('\n', 1)[0] ?? '',
  author: author.name,
  at: committer.seconds,
});

async function planOn(opened: OpenedBranch, query: Omit<RollbackQuery, 'base'>): Promise<PlannedChange> {
  const { base, project, reader } = opened;
  const regenerates = project !== undefined && generatorOf(project) !== undefined;
  const plan = await drive(reader, planRollback({ ...query, base, regenerates }));
  return bindPlan(reader, plan, { tree: base.tree, project });
}
