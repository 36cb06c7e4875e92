import type { Preview } from '../../../src/contract/plan.ts';
import type { Me } from '../../api/me.ts';
import { namedApprovers } from '../../words/named-approvers.ts';
import { counted } from '../../words/counted.ts';

/** What submitting leads to, in one line, and what the button says. */
export interface OutcomeText {
  readonly line: string;
  readonly button: string;
}

type Outcome = Pick<Preview, 'outcome' | 'reason' | 'approvalsNeeded' | 'approvers'> & {
  readonly plan: Pick<Preview['plan'], 'kind'>;
};

const nowWords: Readonly<Record<Preview['plan']['kind'], string>> = {
  rollback: 'Roll back now',
  undo: 'Undo now',
  release: 'Release now',
  promotion: 'Promote now',
};

/** Says beforehand what the server will do with what `me` submits. */
export function outcomeText(
  { outcome, reason, approvalsNeeded, approvers, plan: { kind } }: Outcome,
  me: Pick<Me, 'id'>,
): OutcomeText {
  const approvals = counted(approvalsNeeded, 'approval');
  const them = approvalsNeeded === 1 ? 'it' : 'them';
  const given = approvers ? `; ${namedApprovers(approvers, 'or')} can give ${them}` : '';
  const isOwn = approvers?.people.some(({ id }) => id === me.id) === true;
  switch (outcome) {
    case 'runs_now':
      return { line: 'Executes at once, as one commit.', button: nowWords[kind] };
    case 'break_glass':
      return {
        line: `Your break-glass session bypasses ${approvals}. It is flagged in the audit log, and somebody else must review it.`,
        button: 'Run now (break-glass)',
      };
    case 'awaits_approval':
      return {
        line: `Needs ${approvals}${given}.${isOwn ? '' : ' You cannot approve your own.'}`,
        button: 'Submit for approval',
      };
    case 'awaits_execution':
      return { line: 'Waits for somebody to execute it.', button: 'Submit' };
    default:
      return { line: reason ?? 'This cannot be submitted.', button: 'Submit' };
  }
}
