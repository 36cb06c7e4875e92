import type { FreezeWindow } from '../policy/freeze-window.ts';
import { codeSpan } from './markdown-code.ts';
import type { ApproverSet, EnvironmentPolicy, Nudge } from '../policy/policy.ts';

const yes = (value: boolean): string => (value ? 'yes' : 'no');

const setText = ({ people, groups }: ApproverSet): string =>
  [...people.map(codeSpan), ...groups.map((group) => `group ${codeSpan(group)}`)].join(', ') || 'nobody';

const freezeText = (freeze: FreezeWindow): string => {
  const offset = freeze.kind === 'weekly' ? ` ${codeSpan(freeze.offset)}` : '';
  return `Freeze: ${codeSpan(freeze.name)}, ${codeSpan(freeze.from)} to ${codeSpan(freeze.to)}${offset}`;
};

const nudgeText: Readonly<Record<Nudge, string>> = {
  none: 'nothing',
  refresh: 'to look at Git',
  sync: 'to look at Git, and to sync what does not sync by itself',
};

/** A policy in words, one line for each rule. */
export const policyLines = (policy: EnvironmentPolicy): readonly string[] => [
  `Approvals: ${policy.approvals}`,
  ...(policy.eligible.length === 0
    ? ['Approvers: whoever has the right to approve']
    : policy.eligible.map((set) => `Approvers, each of them in: ${setText(set)}`)),
  `Own approval counts: ${yes(policy.selfApproval)}`,
  `Execution: ${policy.execution}`,
  `Expires after: ${policy.expiryHours} h`,
  policy.breakGlass.roles.length === 0
    ? 'Break-glass: nobody'
    : `Break-glass: ${policy.breakGlass.roles.join(', ')}; ${policy.breakGlass.minutes} min; review within ${policy.breakGlass.reviewDays} d`,
  ...policy.freezeWindows.map(freezeText),
  `Rollbacks run in a freeze: ${yes(policy.rollbackExempt)}`,
  `Direct pushes refused: ${yes(policy.pushProtection)}, of shared paths: ${yes(policy.sharedPushProtection)}`,
  `Whoever changed it may approve after: ${policy.changerWaitHours} h`,
  `Clusters are asked after a commit: ${nudgeText[policy.nudge]}`,
];
