import type { Request } from '../../domain/request/request.ts';
import { type ChecklistItem, checklistOf } from '../../domain/verification/checklist.ts';
import type { Verification } from '../../domain/verification/verification.ts';
import type { Hub } from '../hub.ts';
import { judgeRequest } from './judge-request.ts';
import { verificationOf } from './verify-requests.ts';

/** A verification as it is shown. */
export interface VerificationView extends Verification {
  readonly changedAt: number;
  readonly settle: number;
  readonly checklist: readonly ChecklistItem[];
}

/** What is known of the recovery of a completed request; undefined for any other. */
export async function viewVerification(hub: Hub, request: Request): Promise<VerificationView | undefined> {
  const { store, settings } = hub;
  const { id, state, commit, notes } = request;
  const row = state === 'completed' ? await store.verifications.get(id) : undefined;
  if (row === undefined || commit === undefined) return undefined;
  // Before the first look, which follows at once, what would be seen now.
  const known =
    verificationOf(row) ??
    (await judgeRequest(hub, { request, commit, completedAt: row.startedAt }, undefined));
  return {
    ...known,
    changedAt: row.changedAt,
    settle: settings.verification.settle,
    checklist: checklistOf(known, { commit, notes: notes.length }),
  };
}
