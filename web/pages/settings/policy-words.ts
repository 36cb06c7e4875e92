import { counted } from '../../words/counted.ts';
import type { EnvironmentPolicy } from '../../../src/domain/policy/policy.ts';

/** Who counts as an approver, by name where the id is known; every set has to be met. */
export function eligibleText(
  eligible: EnvironmentPolicy['eligible'],
  names: ReadonlyMap<string, string>,
): string {
  if (eligible.length === 0) return 'whoever may approve';
  return eligible
    .map(({ people, groups }) =>
      [...people.map((id) => names.get(id) ?? id), ...groups.map((group) => `group ${group}`)].join(' or '),
    )
    .join('; and ');
}

/** How many approvals, and whether one's own is one of them. */
export function approvalsText({
  approvals,
  selfApproval,
}: Pick<EnvironmentPolicy, 'approvals' | 'selfApproval'>): string {
  if (approvals === 0) return 'none';
  return selfApproval ? `${approvals}, your own counts` : `${approvals}, not your own`;
}

/** What takes no direct push. */
export function protectionText(
  policy: Pick<EnvironmentPolicy, 'pushProtection' | 'sharedPushProtection'>,
): string {
  const parts = [
    ...(policy.pushProtection ? ['own paths'] : []),
    ...(policy.sharedPushProtection ? ['shared paths'] : []),
  ];
  return parts.length === 0 ? 'off' : parts.join(' and ');
}

/** Hours as people say them: whole days from two days on. */
export const hoursText = (hours: number): string => {
  if (hours >= 48 && hours % 24 === 0) return `${hours / 24} days`;
  return counted(hours, 'hour');
};
