import { NumberInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { policyLimits } from '../../../src/domain/policy/check-policy.ts';

export interface PolicyNumberProps {
  readonly label: string;
  readonly description: string;
  readonly limits: keyof typeof policyLimits;
  /** NaN while there is no number in the field. */
  readonly value: number;
  readonly isLocked: boolean;
  readonly onChange: (value: number) => void;
}

/** A whole number of a policy. A field without one says so. */
export function PolicyNumber({
  limits,
  value,
  isLocked,
  onChange,
  ...words
}: PolicyNumberProps): ReactElement {
  return (
    <NumberInput
      size="xs"
      maw={320}
      {...words}
      min={policyLimits[limits].least}
      max={policyLimits[limits].most}
      clampBehavior="none"
      allowDecimal={false}
      disabled={isLocked}
      error={Number.isNaN(value) ? 'Type a whole number' : undefined}
      value={Number.isNaN(value) ? '' : value}
      onChange={(typed) => onChange(typed === '' ? Number.NaN : Number(typed))}
    />
  );
}
