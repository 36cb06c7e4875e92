import { parseKeep } from '../domain/plan/keep.ts';
import { type UndoQuery, planUndo } from '../domain/plan/plan-undo.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { readRevisionText } from '../domain/plan/revision-text.ts';
import { drive } from '../git/drive.ts';
import { readCommit } from '../git/read-commit.ts';
import { resolveRevision } from '../git/resolve-revision.ts';
import { type NamedScope, requireLayout } from './choose-scope.ts';
import { addHazards } from './add-hazards.ts';
import type { OpenedBranch } from './open-branch.ts';
import { type PlannedChange, bindPlan } from './plan-preview.ts';
import { type RollbackPreview, summarise } from './preview-rollback.ts';
import { requireAncestor } from './resolve-target.ts';
import { refusing } from './refuse-git.ts';

/** An undo as a person asks for it; names of a scope narrow it down. */
export interface UndoInput extends NamedScope {
  readonly commit: string;
  /** Patterns of what stays. Those of knowngood.yaml do not count: `undo` takes back what a rollback did, field by field. */
  readonly keep: readonly string[];
}

/** Plans to undo one commit, wherever it went. Nothing is written. */
export const previewUndo = refusing(
  async (opened: OpenedBranch, input: UndoInput): Promise<RollbackPreview> => {
    const wanted = readRevisionText(input.commit, 0, 0);
    if (wanted.kind === 'time')
      throw new Refusal('revision_malformed', { revision: JSON.stringify(input.commit) });
    const revision = await resolveRevision(opened.repository, wanted.name);
    await requireAncestor(opened, revision);
    const commit = await readCommit(opened.reader, revision);
    const [parent] = commit.parents;
    if (!parent) throw new Refusal('commit_without_parent', { revision: revision.slice(0, 8) });
    const { tenant, environment, service, fields } = input;
    const narrowed = tenant !== undefined || environment !== undefined || service !== undefined;
    const query: Omit<UndoQuery, 'base' | 'layout'> = {
      commit: { revision, tree: commit.tree },
      parentTree: (await readCommit(opened.reader, parent)).tree,
      where: { tenant, environment, service },
      fields,
      keep: input.keep.map(parseKeep),
    };
    const replan = async (now: OpenedBranch): Promise<PlannedChange> => {
      const layout = narrowed ? requireLayout(now) : now.layout;
      const plan = await drive(now.reader, planUndo({ ...query, base: now.base, layout }));
      return bindPlan(now.reader, plan, { tree: now.base.tree, project: now.project });
    };
    const change = await replan(opened);
    const plan = await addHazards(opened.reader, change, change.plan);
    return { ...change, plan, replan, about: summarise(commit) };
  },
);
