import type { ApplicationEvidence, Verification } from './verification.ts';

/** One of the steps after a rollback. `unknown`: nobody reports what it takes to tell. */
export interface ChecklistItem {
  readonly key: 'git' | 'sync' | 'health' | 'drift' | 'notes';
  readonly title: string;
  readonly state: 'done' | 'waiting' | 'failed' | 'unknown';
  readonly detail: string;
}

type Outcome = Pick<ChecklistItem, 'state' | 'detail'>;

const nobody: Outcome = { state: 'unknown', detail: 'no cluster reports what was changed' };

const named = ({ namespace, name, reason }: ApplicationEvidence): string => `${namespace}/${name}: ${reason}`;

function syncOf({ applications, state }: Verification): Outcome {
  if (applications.length === 0) return nobody;
  const waiting = applications.find(({ stage }) => stage === 'delivered');
  if (waiting === undefined) return { state: 'done', detail: 'every Application runs this change' };
  return { state: state === 'regressed' ? 'failed' : 'waiting', detail: named(waiting) };
}

function healthOf({ applications, state, reason }: Verification): Outcome {
  if (applications.length === 0) return nobody;
  if (state === 'regressed') return { state: 'failed', detail: reason };
  const unwell = applications.find(({ stage }) => stage !== 'healthy');
  if (unwell !== undefined) {
    const failed = unwell.stage === 'synced' && unwell.healthStatus === 'Degraded';
    return { state: failed ? 'failed' : 'waiting', detail: named(unwell) };
  }
  return state === 'verified'
    ? { state: 'done', detail: `healthy, and stayed so; ${imagesText(applications)}` }
    : { state: 'waiting', detail: reason };
}

/** Says too where nobody told which images run: health alone does not prove that. */
function imagesText(applications: Verification['applications']): string {
  const compared = applications.reduce((sum, { images }) => sum + (images?.compared ?? 0), 0);
  if (compared === 0) return 'running images are not reported';
  return compared === 1 ? 'the running image is as expected' : `${compared} running images are as expected`;
}

function driftOf({ applications, state }: Verification): Outcome {
  const reported = applications.filter(({ findings }) => findings !== null);
  if (reported.length === 0)
    return { state: 'unknown', detail: 'no cluster reports drift of what was changed' };
  const drifting = reported.find(({ findings }) => (findings ?? 0) > 0);
  if (drifting) return { state: 'failed', detail: named(drifting) };
  return state === 'verified'
    ? { state: 'done', detail: 'none was found since the sync' }
    : { state: 'waiting', detail: 'it is looked at again after the sync' };
}

/** The five steps that follow a rollback, filled in by what is known. */
export function checklistOf(
  verification: Verification,
  { commit, notes }: { readonly commit: string; readonly notes: number },
): readonly ChecklistItem[] {
  const inGit: Outcome =
    verification.state === 'committed'
      ? { state: 'waiting', detail: verification.reason }
      : { state: 'done', detail: `commit ${commit.slice(0, 8)} is in the branch` };
  const noted: Outcome =
    notes > 0
      ? { state: 'done', detail: notes === 1 ? 'one note' : `${notes} notes` }
      : { state: 'waiting', detail: 'write down the cause and what follows from it' };
  return [
    { key: 'git', title: 'Verify Git state', ...inGit },
    { key: 'sync', title: 'Check ArgoCD sync status', ...syncOf(verification) },
    { key: 'health', title: 'Verify cluster health', ...healthOf(verification) },
    { key: 'drift', title: 'Review drift detection', ...driftOf(verification) },
    { key: 'notes', title: 'Document the incident', ...noted },
  ];
}
