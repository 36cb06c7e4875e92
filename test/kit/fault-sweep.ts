import { setTimeout } from 'node:timers/promises';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import { reviewRequest } from '../../src/app/requests/review-request.ts';
import type { FailPointHandler } from '../../src/std/fail-point.ts';
import type { TestHub } from './hub.ts';
import {
  type FaultMode,
  type FaultScene,
  type Passing,
  breakAgain,
  faultModes,
  finishDespite,
  lieFault,
  passingsOf,
  throwFault,
} from './request-faults.ts';

/** Faults that happen inside this process; a kill needs one of its own. */
export type InnerFault = 'throw' | 'lie' | 'delay';

/** One passing of a fail point, and the mode in which it is passed. */
export interface Trial {
  readonly mode: FaultMode;
  readonly passing: Passing;
}

/** Before a step there is nothing that could have been done. */
const nothingDone = 'store.commit.before';

/** Every passing of one mode. */
export async function trialsOf(scene: FaultScene, mode: FaultMode): Promise<readonly Trial[]> {
  return (await passingsOf(scene, mode)).map((passing) => ({ mode, passing }));
}

/** A trial, and which of two databases has it. */
export interface HalvedTrial extends Trial {
  readonly half: number;
}

/** Every passing of every mode. Each point is in both halves, in half of the modes. */
export async function trialsHalved(scene: FaultScene): Promise<readonly HalvedTrial[]> {
  const trials: HalvedTrial[] = [];
  for (const [turn, mode] of faultModes.entries()) {
    const all = await trialsOf(scene, mode);
    const points = [...new Set(all.map(({ passing }) => passing.point))];
    const halfOf = ({ passing }: Trial): number => (points.indexOf(passing.point) + turn) % 2;
    trials.push(...all.map((trial) => ({ ...trial, half: halfOf(trial) })));
  }
  return trials;
}

/** The points of these trials at which a fault can happen, sorted. */
export const pointsOf = (trials: readonly Trial[], fault: InnerFault): readonly string[] =>
  [...new Set(trials.map(({ passing }) => passing.point))]
    .filter((point) => fault !== 'lie' || point !== nothingDone)
    .toSorted();

/**
 * Lets a fault happen in each trial, has people and recovery mend it, and says where the request was not completed by
 * that. `other` is a second server on the same data, which meddles while somebody is held up.
 */
export async function sweepFaults(
  scene: FaultScene,
  fault: InnerFault,
  { trials, other }: { readonly trials: readonly Trial[]; readonly other?: TestHub | undefined },
): Promise<{ readonly tried: number; readonly wrong: readonly string[] }> {
  const wrong: string[] = [];
  let tried = 0;
  for (const { mode, passing } of trials) {
    if (fault === 'lie' && passing.point === nothingDone) continue;
    await breakAgain(scene);
    const rivals: Promise<unknown>[] = [];
    const happen = fault === 'delay' ? holdUp({ ...scene, hub: other ?? scene.hub }, rivals) : inner[fault];
    const { struck, request } = await finishDespite(scene, { passing, happen, mode, rivals });
    tried += 1;
    if (!struck || request?.state !== 'completed')
      wrong.push(
        `${mode.name}, ${fault} at ${passing.point} ${passing.n}: ${struck ? request?.state : 'never there'}`,
      );
  }
  return { tried, wrong };
}

const inner = { throw: throwFault, lie: lieFault };

const holdUp =
  (scene: FaultScene, rivals: Promise<unknown>[]): FailPointHandler =>
  async () => {
    const rival = meddle(scene);
    rivals.push(rival);
    // Not waited for: a rival may have to wait for whoever is held up.
    await Promise.race([rival, setTimeout(100)]);
  };

/** Somebody else approves whatever waits, and recovery takes over whatever is being carried out. */
async function meddle({ hub, ann }: FaultScene): Promise<void> {
  const open = await hub.store.requests.list({ states: ['pending'] }, { limit: 1 });
  for (const { id, digest } of open)
    await reviewRequest(hub, ann, { id, decision: 'approve', digest, comment: undefined }).catch(
      () => undefined,
    );
  await recoverExecutions(hub, { olderThan: 0 });
}
