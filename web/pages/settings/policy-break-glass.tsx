import { Checkbox, Fieldset, Group, Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { PolicyNumber } from './policy-number.tsx';

type Rule = ResultOf<'getPolicy'>['policy']['breakGlass'];

const roles = ['admin', 'owner'] as const;

export interface PolicyBreakGlassProps {
  readonly rule: Rule;
  readonly isLocked: boolean;
  readonly onChange: (rule: Rule) => void;
}

/** Who may act here without waiting for approvals, for how long, and when somebody else must have looked at it. */
export function PolicyBreakGlass({ rule, isLocked, onChange }: PolicyBreakGlassProps): ReactElement {
  return (
    <Fieldset legend="Break-glass" disabled={isLocked}>
      <Stack gap="md">
        <Checkbox.Group
          label="Who may use it"
          description="With nobody, approvals cannot be bypassed here at all."
          value={[...rule.roles]}
          onChange={(values) => onChange({ ...rule, roles: roles.filter((role) => values.includes(role)) })}
        >
          <Group gap="md" mt={6}>
            {roles.map((role) => (
              <Checkbox key={role} size="xs" value={role} label={`${role}s`} />
            ))}
          </Group>
        </Checkbox.Group>
        <PolicyNumber
          label="Longest session (minutes)"
          description="Here it counts no longer than this."
          limits="breakGlassMinutes"
          value={rule.minutes}
          isLocked={isLocked}
          onChange={(minutes) => onChange({ ...rule, minutes })}
        />
        <PolicyNumber
          label="Review within (days)"
          description="Whoever has a session that is not reviewed by then opens no other."
          limits="breakGlassReviewDays"
          value={rule.reviewDays}
          isLocked={isLocked}
          onChange={(reviewDays) => onChange({ ...rule, reviewDays })}
        />
      </Stack>
    </Fieldset>
  );
}
