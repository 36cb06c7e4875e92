import type { AuditAction } from '../../domain/audit/audit-action.ts';
import type { Verification, VerificationState } from '../../domain/verification/verification.ts';
import { longestWatch } from '../../domain/verification/verify-recovery.ts';
import type { VerificationRow } from '../../store/verifications.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import { nudgeApplications } from '../clusters/nudge-applications.ts';
import type { Hub } from '../hub.ts';
import { aboutRequest } from '../requests/about-request.ts';
import { systemActor } from '../system-actor.ts';
import { type Completed, judgeRequest, judgeUnseen } from './judge-request.ts';

/** The verdict of a stored row; undefined before the first look. */
export const verificationOf = ({ body }: Pick<VerificationRow, 'body'>): Verification | undefined =>
  body === '' ? undefined : (JSON.parse(body) as Verification);

/** What the beginning of a verification has to know. */
export interface Beginning {
  readonly request: Completed['request'];
  readonly now: number;
  readonly span: Hub['settings']['verification'];
}

/**
 * Begins the verification of a request, in the transaction that completes it. True when a cluster is known to run what
 * it changed: somebody has to look, then. Until there is one, all that can be said is said here.
 */
export async function beginVerification(
  tx: TransactionTables,
  { request, now, span }: Beginning,
): Promise<boolean> {
  const { id: requestId, projectId } = request;
  const verdict = await judgeUnseen({ store: tx, clock: () => now }, request, span);
  await tx.verifications.put({
    requestId,
    projectId,
    state: verdict?.state ?? 'committed',
    reason: verdict?.reason ?? 'nobody looked yet',
    body: verdict ? JSON.stringify(verdict) : '',
    startedAt: now,
    changedAt: now,
    lookedAt: now,
    closedAt: null,
  });
  return verdict === undefined;
}

/** Few enough that a server which stops does not wait for long. */
const batch = 20;

/**
 * Looks at every open verification of which there can be news, one after the other. `onError` is told what could not be
 * looked at.
 */
export async function verifyRequests(
  hub: Hub,
  { signal, onError }: { readonly signal: AbortSignal; readonly onError: (error: unknown) => void },
): Promise<void> {
  let after = '';
  while (!signal.aborted) {
    const old = hub.clock() - longestWatch;
    const rows = await hub.store.verifications.open({ after, old }, batch);
    for (const row of rows) {
      await lookAt(hub, row).catch(onError);
    }
    after = rows.at(-1)?.requestId ?? '';
    if (rows.length < batch) return;
  }
}

async function lookAt(hub: Hub, row: VerificationRow): Promise<void> {
  const request = await hub.store.requests.get(row.requestId);
  if (request?.commit === undefined || (await hub.store.projects.get(row.projectId)) === undefined) return;
  const before = verificationOf(row);
  const completed = { request, commit: request.commit, completedAt: row.startedAt };
  const next = await judgeRequest(hub, completed, before);
  if (JSON.stringify(next) !== row.body) await save(hub, row, { completed, next });
}

const actions: Readonly<Partial<Record<VerificationState, AuditAction>>> = {
  verified: 'request.verified',
  unconfirmed: 'request.unconfirmed',
  regressed: 'request.regressed',
};

/** Two servers may look at once: whoever saves first is right, and the other looks again next time. */
async function save(
  hub: Hub,
  row: VerificationRow,
  { completed, next }: { readonly completed: Completed; readonly next: Verification },
): Promise<void> {
  const now = hub.clock();
  const { state, reason, closed } = next;
  let nudged = 0;
  await saveChange(hub, async (tx) => {
    const present = await tx.verifications.get(row.requestId);
    if (present === undefined || present.body !== row.body) return;
    // The first look follows the commit at once.
    if (row.body === '')
      nudged = await nudgeApplications(hub, tx, {
        request: completed.request,
        evidence: next.applications,
      });
    const moved = state !== row.state;
    await tx.verifications.put({
      ...present,
      state,
      reason,
      body: JSON.stringify(next),
      changedAt: moved ? now : present.changedAt,
      lookedAt: now,
      closedAt: closed ? now : null,
    });
    if (!moved) return;
    await recordChange(tx, systemActor, {
      ...aboutRequest(completed.request),
      at: now,
      action: actions[state] ?? 'request.observed',
      details: { state, reason, commit: completed.commit },
    });
  });
  if (nudged > 0) hub.wake('commands');
}
