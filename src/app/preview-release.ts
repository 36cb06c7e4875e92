import { parseKeep } from '../domain/plan/keep.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { type CarriedKind, carriedKinds } from '../domain/plan/carried-kinds.ts';
import type { ReleaseChange } from '../domain/plan/release-change.ts';
import { type NamedScope, chooseScope, requireLayout } from './choose-scope.ts';
import { addHazards } from './add-hazards.ts';
import type { OpenedBranch } from './open-branch.ts';
import { type PlannedChange, bindPlan } from './plan-preview.ts';
import type { ChangePreview } from './preview-rollback.ts';
import { refusing } from './refuse-git.ts';
import { promotionPlan, releasePlan } from './release-plan.ts';

/** A release as a person asks for it. */
export interface ReleaseInput extends Pick<NamedScope, 'tenant' | 'environment'> {
  readonly changes: readonly ReleaseChange[];
}

/** Plans a release. Nothing is written. */
export const previewRelease = refusing(
  async (opened: OpenedBranch, { changes, ...named }: ReleaseInput): Promise<ChangePreview> => {
    const { tenant, environment } = await chooseScope(opened, named);
    const where = { tenant, environment };
    return previewed(opened, (now) =>
      releasePlan(now.reader, { where, changes, base: now.base, layout: requireLayout(now) }),
    );
  },
);

/** A promotion as a person asks for it: all services and kinds when none is named. */
export interface PromotionInput extends Pick<NamedScope, 'tenant'> {
  readonly from: string;
  readonly to: string;
  readonly services: readonly string[];
  readonly carry: readonly CarriedKind[];
  readonly keep: readonly string[];
}

/** Plans a promotion. Nothing is written. */
export const previewPromotion = refusing(
  async (opened: OpenedBranch, { tenant: named, ...input }: PromotionInput): Promise<ChangePreview> => {
    const place = { environment: input.to, ...(named === undefined ? {} : { tenant: named }) };
    const { tenant } = await chooseScope(opened, place);
    const carry = input.carry.length === 0 ? carriedKinds : input.carry;
    const own = input.keep.map(parseKeep);
    return previewed(opened, (now) =>
      promotionPlan(now.reader, {
        ...input,
        tenant,
        carry,
        keep: [...now.keep, ...own],
        base: now.base,
        layout: requireLayout(now),
      }),
    );
  },
);

async function previewed(
  opened: OpenedBranch,
  plan: (opened: OpenedBranch) => Promise<Plan>,
): Promise<ChangePreview> {
  const replan = async (now: OpenedBranch): Promise<PlannedChange> =>
    bindPlan(now.reader, await plan(now), { tree: now.base.tree, project: now.project });
  const change = await replan(opened);
  return { ...change, plan: await addHazards(opened.reader, change, change.plan), replan, about: undefined };
}
