import { type Actor, personOf } from '../../domain/people/actor.ts';
import { type BreakGlassSession, decideBreakGlassRole } from '../../domain/policy/break-glass.ts';
import { decideApprovalGate } from '../../domain/policy/features.ts';
import {
  type OpenBreakGlass,
  isRoutine,
  openBreakGlass as opened,
} from '../../domain/policy/open-break-glass.ts';
import type { BreakGlassRule } from '../../domain/policy/policy.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import { recordChange } from '../audit/record-change.ts';
import { featuresNow } from '../features-now.ts';
import type { Hub } from '../hub.ts';
import { policyNow } from '../policies/get-policy.ts';
import { findProject } from '../projects/find-project.ts';
import { listEnvironments } from '../projects/list-environments.ts';

export interface OpenInput {
  readonly slug: string;
  readonly justification: string | undefined;
  /** As long as the policies allow when absent. */
  readonly minutes: number | undefined;
}

/**
 * Opens a break-glass session of the actor in a project: approvals are bypassed while it lasts, the audit never is.
 * It owes a review by somebody else. Throws what forbids it.
 */
export async function openBreakGlass(hub: Hub, actor: Actor, input: OpenInput): Promise<BreakGlassSession> {
  const project = await findProject(hub.store, actor, input.slug);
  const place = { projectId: project.id };
  demandRight(actor, 'break_glass', place);
  demand(decideApprovalGate(await featuresNow(hub.store, hub.settings), 1));
  const environments = await listEnvironments(hub, project);
  const session = await hub.store.tx(async (tx) => {
    const policies = await Promise.all(environments.map((name) => policyNow(tx, project.id, name)));
    const rules = policies.map(({ policy }) => policy.breakGlass);
    const earlier = await tx.breakGlass.ofPersonAnywhere(personOf(actor));
    const wish: OpenBreakGlass = {
      projectId: project.id,
      justification: input.justification ?? '',
      minutes: input.minutes ?? longest(actor, rules, place),
      rules,
      earlier,
      now: hub.clock(),
    };
    const next = opened(actor, hub.newId('bgs-'), wish);
    await tx.breakGlass.add(next);
    await recordChange(tx, actor, {
      at: wish.now,
      action: 'break_glass.opened',
      object: { type: 'break_glass', id: next.id },
      projectId: project.id,
      flags: ['break_glass'],
      details: {
        justification: next.justification,
        minutes: wish.minutes,
        routine: isRoutine([...earlier, next], wish.now),
      },
    });
    return next;
  });
  hub.wake('outbox');
  return session;
}

/** As long as any of the rules that the actor may use; the shortest session there is when none is. */
const longest = (
  actor: Actor,
  rules: readonly BreakGlassRule[],
  place: { readonly projectId: string },
): number =>
  Math.max(
    1,
    ...rules.filter((rule) => decideBreakGlassRole(actor, rule, place).allowed).map(({ minutes }) => minutes),
  );
