import type { Preview } from '../../contract/plan.ts';
import { count } from '../count.ts';
import { printable } from '../printable.ts';
import { personText } from './request-words.ts';
import type { Style } from '../style.ts';

type Person = Preview['eligibleApprovers'][number];

/** `1 approval of: bob@example.com, admin`: what a request waits for, and who can give it. */
export function approvalsText(
  {
    approvalsNeeded,
    approvalsCounted = 0,
  }: { readonly approvalsNeeded: number; readonly approvalsCounted?: number },
  approvers: readonly Person[],
): string {
  const names = approvers.map(personText).map(printable).join(', ');
  return `${count(approvalsNeeded - approvalsCounted, 'approval')} of: ${names || 'nobody who is here now'}`;
}

function outcomeText(preview: Preview): string {
  switch (preview.outcome) {
    case 'runs_now':
      return 'runs at once';
    case 'awaits_approval':
      return `waits for ${approvalsText(preview, preview.eligibleApprovers)}`;
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
