import { Group, Stack, TextInput, Title } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import { ApiError } from '../../../src/contract/api-error.ts';
import { requireText } from '../../../src/domain/text-limits.ts';
import { useMay } from '../../api/me.ts';
import { useChange } from '../../api/queries.ts';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { JustificationField } from '../../parts/justification-field.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { ProveAgain } from './prove-again.tsx';

const needsProof = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'reauthentication_required';

/** Why and for how long, and the button. Asks for the password again when the server wants it. */
export function OpenSession({ project }: { readonly project: string }): ReactElement {
  const [justification, setJustification] = useState('');
  const [minutes, setMinutes] = useState('');
  const may = useMay('break_glass', { project });
  const session = useChange('openBreakGlass');
  const open = (): void =>
    session.mutate(
      {
        params: { slug: project },
        body: { justification, ...(minutes === '' ? {} : { minutes: Number(minutes) }) },
      },
      { onSuccess: () => setJustification('') },
    );
  return (
    <Stack component="section" gap="xs" maw={720} aria-labelledby="open-session">
      <Title order={2} id="open-session">
        Open a session
      </Title>
      <JustificationField
        description="What is so urgent. It stands in the audit log."
        value={justification}
        onChange={setJustification}
      />
      <Group align="end" gap="xs">
        <TextInput
          type="number"
          label="Minutes"
          placeholder="as the policy allows"
          min={1}
          value={minutes}
          onChange={(event) => setMinutes(event.currentTarget.value)}
        />
        <GuardedButton
          color="red"
          verdict={may.allowed ? requireText('justification', justification) : may}
          loading={session.isPending}
          onClick={open}
        >
          Open break-glass
        </GuardedButton>
      </Group>
      {session.error ? <RefusalAlert error={session.error} /> : null}
      {needsProof(session.error) ? <ProveAgain onProved={open} /> : null}
    </Stack>
  );
}
