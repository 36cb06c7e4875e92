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

/** The way of a request, from submission to a cluster that is seen to be well again. */
export function timelineOf(request: Timed): readonly TimelineStep[] {
  const { requester, submittedAt, state } = request;
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
    ...['Synced', 'Healthy', 'Verified'].map(beyond),
  ];
}
