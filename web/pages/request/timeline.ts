import type { Request } from '../../../src/contract/request.ts';
import { shortSha } from '../../words/short-sha.ts';

/** How far one step is. `unknown`: nobody can tell; `stopped`: it will not happen. */
export type StepState = 'done' | 'now' | 'ahead' | 'stopped' | 'unknown';

/** One step of a request's way, with a few words on how it stands. */
export interface TimelineStep {
  readonly name: string;
  readonly state: StepState;
  readonly note: string;
  readonly at: string | undefined;
}

type Timed = Pick<
  Request,
  | 'state'
  | 'requester'
  | 'submittedAt'
  | 'updatedAt'
  | 'closedAt'
  | 'approvalsNeeded'
  | 'approvalsCounted'
  | 'breakGlass'
  | 'commit'
  | 'error'
  | 'verification'
>;

const ended: readonly Request['state'][] = ['rejected', 'cancelled', 'expired'];

function approval(request: Timed): TimelineStep {
  const { state, approvalsNeeded, approvalsCounted, breakGlass } = request;
  const step = (state: StepState, note: string): TimelineStep => ({
    name: 'Approved',
    state,
    note,
    at: undefined,
  });
  const count = `${approvalsCounted}/${approvalsNeeded}`;
  if (ended.includes(state)) return step('stopped', state);
  if (breakGlass) return step('done', 'bypassed by break-glass');
  if (approvalsNeeded === 0) return step('done', 'not needed');
  return state === 'pending' ? step('now', count) : step('done', count);
}

function commit({ state, commit, error, closedAt, updatedAt }: Timed): TimelineStep {
  const step = (state: StepState, note: string, at?: string): TimelineStep => ({
    name: 'Committed',
    state,
    note,
    at,
  });
  if (state === 'completed')
    return step('done', commit === null ? '' : shortSha(commit), closedAt ?? updatedAt);
  if (state === 'failed')
    return step('stopped', error?.retryable === true ? 'failed; can be retried' : 'failed');
  if (state === 'executing' || state === 'approved') return step('now', state);
  return step(ended.includes(state) ? 'stopped' : 'ahead', '');
}

type Verification = NonNullable<Request['verification']>;

/** The last steps, and from which word of the verification on each is done. */
const arrivals = [
  ['Synced', 'synced'],
  ['Healthy', 'healthy'],
  ['Verified', 'verified'],
] as const;
const order: readonly Verification['state'][] = [
  'committed',
  'delivered',
  'synced',
  'healthy',
  'settled',
  'verified',
];

/** What clusters made of the commit. The first step that is not done says why. */
function arrival({ state, bound, reason, healthySince, verifiedAt }: Verification): readonly TimelineStep[] {
  if (!bound)
    return arrivals.map(([name]) => ({ name, state: 'unknown', note: 'no cluster reports', at: undefined }));
  // What was healthy and is not any more had come so far.
  const reached = order.indexOf(state === 'regressed' ? 'synced' : state);
  const times = { Synced: undefined, Healthy: healthySince, Verified: verifiedAt } as const;
  let told = false;
  return arrivals.map(([name, from]) => {
    if (reached >= order.indexOf(from))
      return { name, state: 'done', note: '', at: times[name] ?? undefined };
    const note = told ? '' : reason;
    const isNext = !told;
    told = true;
    if (state === 'regressed') return { name, state: 'stopped', note, at: undefined };
    if (state === 'unconfirmed') return { name, state: 'unknown', note, at: undefined };
    return { name, state: isNext ? 'now' : 'ahead', note, at: undefined };
  });
}

/** The way of a request, from submission to a cluster that is seen to be well again. */
export function timelineOf(request: Timed): readonly TimelineStep[] {
  const { requester, submittedAt, state, verification } = request;
  const beyond = (name: string): TimelineStep => ({
    name,
    state: state === 'completed' ? 'unknown' : ended.includes(state) ? 'stopped' : 'ahead',
    note: state === 'completed' ? 'no cluster reports' : '',
    at: undefined,
  });
  return [
    { name: 'Submitted', state: 'done', note: requester.name, at: submittedAt },
    approval(request),
    commit(request),
    ...(verification ? arrival(verification) : arrivals.map(([name]) => beyond(name))),
  ];
}
