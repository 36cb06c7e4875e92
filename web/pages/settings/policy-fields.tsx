import { Checkbox, NativeSelect, Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { PolicyBreakGlass } from './policy-break-glass.tsx';
import { PolicyEligible } from './policy-eligible.tsx';
import { PolicyFreezes } from './policy-freezes.tsx';
import { PolicyNumber } from './policy-number.tsx';

type Policy = ResultOf<'getPolicy'>['policy'];

export interface PolicyFieldsProps {
  readonly policy: Policy;
  /** Whoever may only read sees the same fields, and cannot write in them. */
  readonly isLocked: boolean;
  /** Accounts by their ids. */
  readonly names: ReadonlyMap<string, string>;
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

const nudges = [
  { value: 'none', label: 'nothing: Argo CD finds it by itself' },
  { value: 'refresh', label: 'refresh: look at Git at once' },
  { value: 'sync', label: 'sync: also where it does not by itself' },
] as const;

/** The fields of a policy. A field without a number says so, and holds NaN until it has one. */
export function PolicyFields({ policy, isLocked, names, onChange }: PolicyFieldsProps): ReactElement {
  return (
    <Stack gap="md">
      {numbers.map(([name, label, description]) => (
        <PolicyNumber
          key={name}
          {...{ label, description, isLocked }}
          limits={name}
          value={policy[name]}
          onChange={(value) => onChange({ ...policy, [name]: value })}
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
      <NudgeChoice {...{ policy, isLocked, onChange }} />
      <Switches {...{ policy, isLocked, onChange }} />
      <PolicyEligible
        {...{ names, isLocked }}
        eligible={policy.eligible}
        onChange={(eligible) => onChange({ ...policy, eligible })}
      />
      <PolicyBreakGlass
        isLocked={isLocked}
        rule={policy.breakGlass}
        onChange={(breakGlass) => onChange({ ...policy, breakGlass })}
      />
      <PolicyFreezes
        isLocked={isLocked}
        windows={policy.freezeWindows}
        onChange={(freezeWindows) => onChange({ ...policy, freezeWindows })}
      />
    </Stack>
  );
}

function Switches({ policy, isLocked, onChange }: Omit<PolicyFieldsProps, 'names'>): ReactElement {
  return (
    <>
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
    </>
  );
}

/** What clusters are asked for. */
function NudgeChoice({ policy, isLocked, onChange }: Omit<PolicyFieldsProps, 'names'>): ReactElement {
  return (
    <NativeSelect
      size="xs"
      maw={320}
      label="Ask clusters after a commit"
      description="Only agents that were allowed to can do it."
      data={[...nudges]}
      disabled={isLocked}
      value={policy.nudge}
      onChange={({ currentTarget: { value } }) =>
        onChange({ ...policy, nudge: nudges.find((one) => one.value === value)?.value ?? 'none' })
      }
    />
  );
}
