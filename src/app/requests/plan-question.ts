import { explainPlan } from '../../domain/plan/explain-plan.ts';
import { parseKeep } from '../../domain/plan/keep.ts';
import type { Layout } from '../../domain/layout/layout.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { Snapshot } from '../../domain/plan/plan-parts.ts';
import { planUndo } from '../../domain/plan/plan-undo.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { RequestKind, RequestScope } from '../../domain/request/request.ts';
import { drive } from '../../git/drive.ts';
import type { ObjectReader } from '../../git/object-reader.ts';
import { readCommit } from '../../git/read-commit.ts';
import type { Oid } from '../../tree/object.ts';
import { type PlannedChange, bindPlan } from '../plan-preview.ts';
import { type ProjectLayout, readLayout } from '../projects/read-layout.ts';
import { refusing } from '../refuse-git.ts';
import { promotionPlan, releasePlan } from '../release-plan.ts';
import { rollbackPlan } from '../rollback-plan.ts';

/** A wish in the form in which it can be planned again at any time: the first place of `scope` is the one meant. */
export interface PlanQuestion {
  readonly kind: RequestKind;
  readonly scope: RequestScope;
  /** Rollback: the revision to go back to. Undo: the commit to take back. A full id; others have none. */
  readonly target: Oid | undefined;
}

/** A plan with the layout that it follows. */
export interface PlannedQuestion extends PlannedChange {
  readonly layout: Layout;
}

/** Plans the wish on a state of the branch. Nothing is written. Throws refusals alone. */
export const planQuestion = refusing(
  async (reader: ObjectReader, base: Snapshot, question: PlanQuestion): Promise<PlannedQuestion> => {
    const project = await readLayout(reader, base.tree);
    const plan = await planKind(reader, { base, question, project });
    return { ...(await bindPlan(reader, plan, { tree: base.tree, project })), layout: project.layout };
  },
);

/** The same plan with every changed field filled in, for people to read. */
export const explain = refusing((reader: ObjectReader, plan: Plan): Promise<Plan> =>
  drive(reader, explainPlan(plan)),
);

interface Planning {
  readonly base: Snapshot;
  readonly question: PlanQuestion;
  readonly project: ProjectLayout;
}

function planKind(reader: ObjectReader, planning: Planning): Promise<Plan> {
  const { kind, scope, target } = planning.question;
  if (kind !== 'rollback') return newPlan(reader, planning);
  if (target === undefined) throw new Refusal('target_sha_required');
  const planned = { ...planning, target };
  return scope.mode === 'undo' ? undoPlan(reader, planned) : backPlan(reader, planned);
}

async function newPlan(reader: ObjectReader, { base, question, project }: Planning): Promise<Plan> {
  const { where, changes = [], promotion, keep } = question.scope;
  const [place] = where;
  if (!place) throw new Refusal('field_missing', { field: 'tenant' });
  const { layout } = project;
  if (question.kind === 'release') return releasePlan(reader, { where: place, changes, base, layout });
  if (!promotion) throw new Refusal('field_missing', { field: 'from' });
  const { tenant, environment: to } = place;
  const patterns = [...project.keep, ...keep.map(parseKeep)];
  return promotionPlan(reader, { ...promotion, tenant, to, keep: patterns, base, layout });
}

type GoingBack = Planning & { readonly target: Oid };

async function backPlan(
  reader: ObjectReader,
  { base, question: { scope }, target, project }: GoingBack,
): Promise<Plan> {
  const { mode, service, selectedFields, includeShared, shared } = scope;
  const [where] = scope.where;
  if (!where || mode === 'undo') throw new Refusal('field_missing', { field: 'tenant' });
  const fields = mode === 'field' ? selectedFields : undefined;
  const own = scope.keep.map(parseKeep);
  // What is held changes no plan, but one that nobody can read is refused with it.
  scope.hold?.forEach(parseKeep);
  const query = {
    scope: { mode, ...where, service: mode === 'full' ? undefined : service, fields },
    base,
    target: { revision: target, tree: (await readCommit(reader, target)).tree },
    layout: project.layout,
    keep: mode === 'field' ? own : [...project.keep, ...own],
    shared: shared ?? (includeShared ? 'include' : 'leave'),
    project,
  };
  return rollbackPlan(reader, query);
}

async function undoPlan(reader: ObjectReader, { base, target, project }: GoingBack): Promise<Plan> {
  const { tree, parents } = await readCommit(reader, target);
  const [parent] = parents;
  if (!parent) throw new Refusal('commit_without_parent', { revision: target.slice(0, 8) });
  const query = {
    commit: { revision: target, tree },
    parentTree: (await readCommit(reader, parent)).tree,
    base,
    layout: project.layout,
    where: {},
    fields: undefined,
  };
  return drive(reader, planUndo(query));
}
