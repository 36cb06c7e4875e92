import { explainPlan } from '../domain/plan/explain-plan.ts';
import { parseKeep } from '../domain/plan/keep.ts';
import type { Regeneration } from '../domain/plan/regeneration.ts';
import { type SharedChoice, sharedChoiceOf } from '../domain/plan/shared-choice.ts';
import type { Commit } from '../git/commit-codec.ts';
import { drive } from '../git/drive.ts';
import { readCommit } from '../git/read-commit.ts';
import { type NamedScope, chooseScope, requireLayout } from './choose-scope.ts';
import { addHazards } from './add-hazards.ts';
import { compareRegenerated } from './compare-regenerated.ts';
import type { OpenedBranch } from './open-branch.ts';
import { type PlannedChange, bindPlan } from './plan-preview.ts';
import { type Moment, resolveTarget } from './resolve-target.ts';
import { refusing } from './refuse-git.ts';
import { type RollbackQuestion, rollbackPlan } from './rollback-plan.ts';

/** A rollback as a person asks for it. */
export interface RollbackInput extends NamedScope, Moment {
  readonly to: string | undefined;
  /** Keep patterns on top of those of the project; in field mode the project's do not apply. */
  readonly keep: readonly string[];
  /** By its name or by the older flag; what is the rule for the mode when neither says. */
  readonly shared?: SharedChoice | undefined;
  readonly includeShared?: boolean | undefined;
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
    const shared = sharedChoiceOf({ ...input, mode: scope.mode });
    const query = { scope, target, layout, keep, shared };
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

async function planOn(
  { base, project, reader }: OpenedBranch,
  query: Omit<RollbackQuestion, 'base' | 'project'>,
): Promise<PlannedChange> {
  const plan = await rollbackPlan(reader, { ...query, base, project });
  return bindPlan(reader, plan, { tree: base.tree, project });
}
