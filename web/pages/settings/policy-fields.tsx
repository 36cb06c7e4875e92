import { Checkbox, NativeSelect, NumberInput, Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { policyLimits } from '../../../src/domain/policy/check-policy.ts';

type Policy = ResultOf<'getPolicy'>['policy'];

export interface PolicyFieldsProps {
  readonly policy: Policy;
  /** Whoever may only read sees the same fields, and cannot write in them. */
  readonly isLocked: boolean;
  readonly onChange: (policy: Policy) => void;
}

const numbers = [
  ['approvals', 'Approvals', 'How many people have to say Yes; 0 for none.'],
  ['expiryHours', 'Expires after (hours)', 'Until then a request is carried out, or it is not at all.'],
  [
    'changerWaitHours',
    'Wait of the changer (hours)',
    'So long, whoever changed the policy cannot approve under it.',
  ],
] as const;

const switches = [
  ['selfApproval', 'The requester’s own approval counts'],
  ['rollbackExempt', 'Rollbacks run in a freeze too, and are flagged'],
  ['pushProtection', 'The paths of the environment take no direct push'],
  ['sharedPushProtection', 'Shared paths that it reads take no direct push'],
] as const;

const executions = [
  { value: 'automatic', label: 'automatic: with the last approval' },
  { value: 'manual', label: 'manual: somebody presses Execute' },
];

/** The fields of a policy. A field without a number says so, and holds NaN until it has one. */
export function PolicyFields({ policy, isLocked, onChange }: PolicyFieldsProps): ReactElement {
  return (
    <Stack gap="md">
      {numbers.map(([name, label, description]) => (
        <NumberInput
          key={name}
          size="xs"
          maw={320}
          {...{ label, description }}
          min={policyLimits[name].least}
          max={policyLimits[name].most}
          clampBehavior="none"
          allowDecimal={false}
          disabled={isLocked}
          error={Number.isNaN(policy[name]) ? 'Type a whole number' : undefined}
          value={Number.isNaN(policy[name]) ? '' : policy[name]}
          onChange={(value) => onChange({ ...policy, [name]: value === '' ? Number.NaN : Number(value) })}
        />
      ))}
      <NativeSelect
        size="xs"
        maw={320}
        label="Execution"
        data={executions}
        disabled={isLocked}
        value={policy.execution}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...policy, execution: value === 'manual' ? 'manual' : 'automatic' })
        }
      />
      {switches.map(([name, label]) => (
        <Checkbox
          key={name}
          size="xs"
          label={label}
          disabled={isLocked}
          checked={policy[name]}
          onChange={({ currentTarget: { checked } }) => onChange({ ...policy, [name]: checked })}
        />
      ))}
    </Stack>
  );
}
