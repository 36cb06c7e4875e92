import type { Preview } from '../../contract/plan.ts';
import type { ApproversRef } from '../../contract/primitives.ts';
import { approversText } from '../../domain/request/approvers-text.ts';
import { count } from '../count.ts';
import { printable } from '../printable.ts';
import { personText } from './request-words.ts';
import type { Style } from '../style.ts';

/** `bob@example.com or admin`: who can give an approval. */
export const approversLine = ({ people, ...rest }: ApproversRef): string =>
  approversText({ names: people.map(personText), ...rest }, 'or');

/** `1 approval of bob@example.com or admin`: what a request waits for, and who can give it. */
export function approvalsText(
  {
    approvalsNeeded,
    approvalsCounted = 0,
  }: { readonly approvalsNeeded: number; readonly approvalsCounted?: number },
  approvers: ApproversRef | null,
): string {
  const of = approvers ? ` of ${printable(approversLine(approvers))}` : '';
  return `${count(approvalsNeeded - approvalsCounted, 'approval')}${of}`;
}

function outcomeText(preview: Preview): string {
  switch (preview.outcome) {
    case 'runs_now':
      return 'runs at once';
    case 'awaits_approval':
      return `waits for ${approvalsText(preview, preview.approvers)}`;
    case 'awaits_execution':
      return 'needs no approval, and waits for somebody to execute it';
    case 'break_glass':
      return 'runs at once; your break-glass session bypasses the approvals';
    default:
      return `is refused: ${printable(preview.reason ?? 'no reason was given')}`;
  }
}

/** What submitting a plan would lead to, and what stands beside it. */
export function outlookLines(preview: Preview, style: Style): string[] {
  const { freeze, openRequests, clusterNotes } = preview;
  const clusters = clusterNotes.map(
    ({ cluster, application, text }) =>
      `${style.warning('Cluster')}: ${printable(cluster)}${application === null ? '' : ` ${printable(application)}`}: ${printable(text)}`,
  );
  const frozen =
    freeze &&
    `${style.warning('Freeze')}: ${printable(freeze.name)} until ${freeze.until}${freeze.exempt ? ', which lets rollbacks pass' : ''}`;
  const open = openRequests.map(
    ({ id, state, paths }) =>
      `${style.warning('Open')}: ${id} (${state}) touches ${count(paths.length, 'path')} too`,
  );
  return [...(frozen ? [frozen] : []), ...open, ...clusters, `Submitted, it ${outcomeText(preview)}`];
}
