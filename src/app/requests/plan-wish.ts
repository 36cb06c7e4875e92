import type { Actor } from '../../domain/people/actor.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { shortTarget } from '../../domain/plan/plan-parts.ts';
import { type PlanReach, reachOf } from '../../domain/plan/plan-reach.ts';
import { decide, decideAll } from '../../domain/people/rights.ts';
import { scopeName } from '../../domain/plan/scope.ts';
import type { Submission } from '../../domain/request/submission.ts';
import { type Verdict, allow, inOrder, refuse } from '../../domain/refusal/verdict.ts';
import { placesOf } from '../../domain/request/votes.ts';
import { judgeHolds } from '../holds/judge-holds.ts';
import type { Hub } from '../hub.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import type { Oid } from '../../tree/object.ts';
import { refusing } from '../refuse-git.ts';
import { type PlannedQuestion, planQuestion } from './plan-question.ts';
import { resolveRevisionText } from './resolve-revision-text.ts';

/** A wish, planned on the present head: its target is a full id now, and it names everybody it concerns. */
export interface PlannedWish {
  readonly submission: Submission;
  readonly change: PlannedQuestion;
  readonly reach: PlanReach;
  /** Whether it brings back what a rollback took away. */
  readonly held: Verdict;
}

const shownScope = ({ scope }: Submission): string => {
  const [where] = scope.where;
  return where ? scopeName({ ...where, service: scope.service }) : 'this project';
};

/** Plans a wish whose target is named. Nothing is written. Throws what makes it impossible. */
export const planWish = refusing(
  async (hub: Hub, at: ProjectRepository, submission: Submission): Promise<PlannedWish> => {
    const head = await at.head();
    const { kind, scope } = submission;
    const target = kind === 'rollback' ? await targetOf(hub, at, submission, head.revision) : undefined;
    const change = await planQuestion(at.reader, head, { kind, scope, target });
    const reach = reachOf(change.plan, change.layout);
    const where = reach.where.length > 0 ? reach.where : scope.where;
    const held = await judgeHolds(hub, submission, change.plan);
    return {
      submission: { ...submission, targetSha: target, scope: { ...scope, where } },
      change,
      reach,
      held,
    };
  },
);

const targetOf = (hub: Hub, at: ProjectRepository, submission: Submission, head: Oid): Promise<Oid> =>
  resolveRevisionText(hub, at, {
    text: submission.targetSha ?? '',
    head,
    among: submission.scope.mode === 'undo' ? 'any' : 'deployed',
    scope: shownScope(submission),
  });

/** Says why a plan changes nothing, and what it left out. */
function emptiness(plan: Plan, scope: string): string {
  const { kind, shared, kept, conflicts } = plan;
  if (kind === 'release' || kind === 'promotion')
    return `${scope} has all of it already${kept.length > 0 ? `; ${kept.length} other differences stay` : ''}`;
  const left = shared.filter(({ included }) => !included);
  const names = left.slice(0, 3).map(({ path }) => path);
  const more = left.length > names.length ? `${names.join(', ')}, …` : names.join(', ');
  return [
    kind === 'undo'
      ? `what ${shortTarget(plan)} changed is gone already`
      : `${scope} is as it was at ${shortTarget(plan)}`,
    ...(left.length > 0
      ? [`shared paths that changed since are left (${more}); includeShared restores them`]
      : []),
    ...(kept.length > 0
      ? [`kept by ${[...new Set(kept.flatMap(({ pattern }) => pattern ?? []))].join(', ')}`]
      : []),
    ...(conflicts.length > 0 ? [`${conflicts.length} changed again since`] : []),
  ].join('; ');
}

function decideContent({ submission, change, reach, held }: PlannedWish): Verdict {
  const { plan } = change;
  if (plan.refused.length > 0) {
    const list = plan.refused.map(({ address, reason }) => `${address} (${reason})`).join('; ');
    return refuse(
      plan.kind === 'rollback' || plan.kind === 'undo' ? 'fields_refused' : 'release_fields_refused',
      {
        list,
      },
    );
  }
  if (plan.edits.length === 0)
    return refuse('nothing_to_change', { reason: emptiness(plan, shownScope(submission)) });
  if (!submission.scope.allowDelete && plan.hazards.some(({ blocking }) => blocking))
    return refuse('deletes_service', { service: plan.service ?? '', target: shortTarget(plan) });
  if (reach.where.length === 0)
    return refuse('undo_outside_scope', { commit: shortTarget(plan), scope: 'the layout of this project' });
  return held;
}

const writesShared = ({ change: { plan } }: PlannedWish): boolean =>
  plan.kind === 'release' && plan.shared.some(({ included }) => included);

/**
 * May this plan be submitted as it is? First the rights to everything that it turned out to concern, then whether it
 * does something, and all that was asked for.
 */
export const decidePlanned = (actor: Actor, planned: PlannedWish): Verdict => {
  const { submission, reach } = planned;
  const { projectId } = submission;
  return inOrder([
    () => decideAll(actor, 'request', placesOf(submission)),
    // An undo can reach what no tenant-environment owns. That takes what pushing it would take.
    () => (reach.unowned.length > 0 ? decide(actor, 'push', { projectId }) : allow),
    () => (reach.projectFile ? decide(actor, 'project', { projectId }) : allow),
    // A release may write what others read, too; so may a push.
    () => (writesShared(planned) ? decide(actor, 'push', { projectId }) : allow),
    () => decideContent(planned),
  ]);
};
