import { type Actor, partyName, partyOf, personOf } from '../../domain/people/actor.ts';
import { type Opening, freezeFor, openingOf } from '../../domain/request/approval.ts';
import { type ApprovalNote, commitMessage } from '../../domain/plan/commit-message.ts';
import { strictest } from '../../domain/policy/policy.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { Regeneration } from '../../domain/plan/regeneration.ts';
import { pathsOf } from '../../domain/plan/plan-paths.ts';
import type { ActiveFreeze } from '../../domain/policy/freeze-window.ts';
import type { Refusal } from '../../domain/refusal/refusal.ts';
import { policyFor } from '../../domain/request/second-approver.ts';
import type { Submission } from '../../domain/request/submission.ts';
import { inOrder } from '../../domain/refusal/verdict.ts';
import type { Standing } from '../../domain/request/votes.ts';
import { readCommit } from '../../git/read-commit.ts';
import type { OpenRequest } from '../../store/request-list.ts';
import { addHazards } from '../add-hazards.ts';
import { type Brought, askForBrought, broughtBy } from '../ask-registries.ts';
import { compareRegenerated } from '../compare-regenerated.ts';
import type { Hub } from '../hub.ts';
import { requestPrefixes } from '../new-id.ts';
import type { HubProject } from '../projects/hub-project.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { decideWish } from './decide-wish.ts';
import { type Approvers, findApprovers } from './find-approvers.ts';
import { lookAtWish } from './look-at-wish.ts';
import { explain } from './plan-question.ts';
import { type PlannedWish, decidePlanned } from './plan-wish.ts';
import { type ShownText, shownText } from './shown-text.ts';
import { environmentsOf, standingReader } from './standing-reader.ts';
import { type ClusterNote, clusterNotes } from '../verification/cluster-notes.ts';
import { promotionWish, releaseWish, rollbackWish, undoWish } from './submission-of.ts';
import { wishInProject } from './wish-in-project.ts';

/** What submitting would lead to. */
export type Outcome = 'runs_now' | 'awaits_approval' | 'awaits_execution' | 'break_glass' | 'refused';

/** A plan to look at, and what submitting it now would lead to. */
export interface PreviewResult {
  readonly plan: Plan;
  readonly digest: string;
  readonly outcome: Outcome;
  /** Why it would be refused. */
  readonly reason: Pick<Refusal, 'code' | 'message'> | undefined;
  readonly approvalsNeeded: number;
  /** Of what needs an approval: who could give it. */
  readonly approvers: Approvers | undefined;
  readonly freeze: (ActiveFreeze & { readonly exempt: boolean }) | undefined;
  /** Open requests that touch the same paths; of theirs, those alone. */
  readonly openRequests: readonly OpenRequest[];
  /** What would keep clusters from following. */
  readonly clusterNotes: readonly ClusterNote[];
  readonly commitMessage: string;
  /** Of the file that was asked for, if the plan changes it. */
  readonly text: ShownText | undefined;
  /** Of a rollback that generates files. */
  readonly regeneration: Regeneration | undefined;
}

const preview =
  (showText: string | undefined) =>
  async (hub: Hub, actor: Actor, project: HubProject, wish: Submission): Promise<PreviewResult> => {
    const reader = standingReader(hub, hub.store);
    const look = async (at: ProjectRepository, planned: PlannedWish): Promise<Seen> => {
      const environments = environmentsOf(planned.submission);
      const standing = await reader.ofSubmission(actor, project.id, environments);
      const described = await describe(hub, actor, { at, planned, standing });
      const { where } = planned.submission.scope;
      const text = showText === undefined ? undefined : await shownText(at, described.plan, showText);
      const brought = await broughtBy(hub, at.reader, planned.change);
      return { ...described, text, brought, clusterNotes: await clusterNotes(hub, project, where) };
    };
    const { brought, ...seen } = await lookAtWish(hub, actor, { project, wish, look });
    // Others are not made to wait for the repository while a registry is slow.
    const { hazards, verdict } = await askForBrought(hub, brought);
    const plan = { ...seen.plan, hazards: [...seen.plan.hazards, ...hazards] };
    if (seen.reason !== undefined || verdict.refusal === undefined) return { ...seen, plan };
    return { ...seen, plan, outcome: 'refused', reason: verdict.refusal };
  };

type Seen = PreviewResult & { readonly brought: Brought };

/** A preview of wishes of one kind, which may look at the text of one file, too. */
const previewOf =
  <Wish>(wishOf: (projectId: string, wish: Wish) => Submission) =>
  (
    hub: Hub,
    actor: Actor,
    input: Wish & { readonly slug: string; readonly showText?: string | null | undefined },
  ): Promise<PreviewResult> =>
    wishInProject(wishOf, preview(input.showText ?? undefined))(hub, actor, input);

/** Previews a rollback. Nothing is changed. Throws what makes it impossible to plan, or to look at. */
export const previewRollback = previewOf(rollbackWish);

/** Previews the undo of one commit. */
export const previewUndo = previewOf(undoWish);

/** Previews a release. */
export const previewRelease = previewOf(releaseWish);

/** Previews a promotion. */
export const previewPromotion = previewOf(promotionWish);

interface Looking {
  readonly at: ProjectRepository;
  readonly planned: PlannedWish;
  readonly standing: Standing;
}

async function describe(
  hub: Hub,
  actor: Actor,
  looking: Looking,
): Promise<Omit<PreviewResult, 'clusterNotes' | 'text'>> {
  const { at, planned, standing } = looking;
  const { submission, change } = planned;
  const plan = await addHazards(at.reader, change, await explain(at.reader, change.plan));
  const policies = standing.policies.map((each) => policyFor(plan, each));
  const policy = strictest(policies);
  const opening = openingOf(submission, actor, { ...standing, policies });
  const { active, waits } = freezeFor(submission.kind, policy, standing.now);
  const request = { ...submission, plan, policy, authors: [personOf(actor)], reviews: [] };
  const reason = wouldBeRefused(actor, looking);
  const paths = new Set(pathsOf(change.plan));
  const open = await hub.store.requests.openAt(submission.projectId, submission.scope.where);
  return {
    plan,
    digest: change.digest,
    outcome: reason === undefined ? outcomeOf(opening) : 'refused',
    reason,
    approvalsNeeded: opening.needed,
    approvers: opening.needed > 0 ? await findApprovers(hub.store, actor, { request, standing }) : undefined,
    freeze: active && { ...active, exempt: !waits },
    openRequests: sharing(paths, open),
    regeneration: await compareRegenerated(at.reader, change),
    commitMessage: await messageOf(at, actor, { planned, opening }),
  };
}

/** Their other paths may lie in places that whoever looks at this plan knows nothing of. */
const sharing = (paths: ReadonlySet<string>, open: readonly OpenRequest[]): readonly OpenRequest[] =>
  open
    .map((request) => ({ ...request, paths: request.paths.filter((path) => paths.has(path)) }))
    .filter((request) => request.paths.length > 0);

/** What is missing only because it is asked for later does not count. */
function wouldBeRefused(actor: Actor, { planned, standing }: Looking): Refusal | undefined {
  const { submission } = planned;
  const asks = submission.justification !== undefined && submission.justification.trim() !== '';
  const complete = asks ? submission : { ...submission, justification: 'still to come' };
  const verdict = inOrder([() => decideWish(actor, complete, standing), () => decidePlanned(actor, planned)]);
  return verdict.refusal;
}

function outcomeOf({ state, executesNow, breakGlass }: Opening): Outcome {
  if (breakGlass !== undefined) return 'break_glass';
  if (state === 'pending') return 'awaits_approval';
  return executesNow ? 'runs_now' : 'awaits_execution';
}

interface Message {
  readonly planned: PlannedWish;
  readonly opening: Opening;
}

/** As it would read; who will approve, and the id, are not known yet. */
async function messageOf(
  at: ProjectRepository,
  actor: Actor,
  { planned, opening }: Message,
): Promise<string> {
  const { change, submission } = planned;
  const { kind, target } = change.plan;
  const undone = kind === 'undo' && target !== undefined ? await readCommit(at.reader, target) : undefined;
  return commitMessage(change.plan, {
    justification: submission.justification ?? '…',
    author: partyName(partyOf(actor)),
    approval: noteOf(opening),
    requestId: `${requestPrefixes[submission.kind]}…`,
    digest: change.digest,
    ...(undone ? { subject: undone.message.split('\n', 1)[0] ?? '' } : {}),
  });
}

function noteOf({ breakGlass, needed }: Opening): ApprovalNote {
  if (breakGlass !== undefined) return { kind: 'break_glass', session: breakGlass };
  if (needed === 0) return { kind: 'not_required' };
  return { kind: 'approved', by: Array.from({ length: needed }, () => '…'), quorum: needed };
}
