import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { requireText, textLimits } from '../../../src/domain/text-limits.ts';
import { useMay } from '../../api/me.ts';
import { useChange } from '../../api/queries.ts';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';

/** The button that was pressed is gone; without this its focus would be too. */
const focus = (field: HTMLTextAreaElement | null): void => field?.focus();

/** Lets one held value come back: asks for the reason first, which stands in the audit log. */
export function LiftHold({ hold }: { readonly hold: ResultOf<'getHold'> }): ReactElement {
  const { id, project, tenant, environment, field } = hold;
  const may = useMay('lift_hold', { project, tenant, environment });
  const [asks, setAsks] = useState(false);
  if (asks && may.allowed) return <LiftForm id={id} field={field} onCancel={() => setAsks(false)} />;
  return (
    <GuardedButton
      variant="default"
      verdict={may}
      aria-label={`Lift the hold of ${field}`}
      onClick={() => setAsks(true)}
    >
      Lift…
    </GuardedButton>
  );
}

interface LiftFormProps {
  readonly id: string;
  readonly field: string;
  readonly onCancel: () => void;
}

function LiftForm({ id, field, onCancel }: LiftFormProps): ReactElement {
  const [reason, setReason] = useState('');
  const lift = useChange('liftHold');
  return (
    <Stack gap="xs">
      <Textarea
        label={`Why ${field} may come back`}
        description="It stands in the audit log."
        required
        ref={focus}
        autosize
        minRows={1}
        maxLength={textLimits.comment}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group gap="xs" wrap="nowrap">
        <GuardedButton
          verdict={requireText('comment', reason)}
          loading={lift.isPending}
          onClick={() => lift.mutate({ params: { id }, body: { reason } })}
        >
          Lift the hold
        </GuardedButton>
        <Button variant="default" onClick={onCancel}>
          Keep it
        </Button>
      </Group>
      {lift.error ? <RefusalAlert error={lift.error} /> : null}
    </Stack>
  );
}
