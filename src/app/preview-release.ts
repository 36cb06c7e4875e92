import type { ReleaseChange } from '../domain/plan/release-change.ts';
import { type NamedScope, chooseScope, requireLayout } from './choose-scope.ts';
import type { OpenedBranch } from './open-branch.ts';
import { type PlannedChange, bindPlan } from './plan-preview.ts';
import type { ChangePreview } from './preview-rollback.ts';
import { refusing } from './refuse-git.ts';
import { releasePlan } from './release-plan.ts';

/** A release as a person asks for it. */
export interface ReleaseInput extends Pick<NamedScope, 'tenant' | 'environment'> {
  readonly changes: readonly ReleaseChange[];
}

/** Plans a release. Nothing is written. */
export const previewRelease = refusing(
  async (opened: OpenedBranch, { changes, ...named }: ReleaseInput): Promise<ChangePreview> => {
    const { tenant, environment } = await chooseScope(opened, named);
    const replan = async (now: OpenedBranch): Promise<PlannedChange> => {
      const query = { where: { tenant, environment }, changes, base: now.base, layout: requireLayout(now) };
      return bindPlan(now.reader, await releasePlan(now.reader, query), {
        tree: now.base.tree,
        project: now.project,
      });
    };
    return { ...(await replan(opened)), replan, about: undefined };
  },
);
