import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { type ReactElement, type SubmitEvent, useState } from 'react';
import { ApiError } from '../../../src/contract/api-error.ts';
import { client } from '../../api/client.ts';
import { useArrival } from '../../api/use-arrival.ts';
import { PageLink } from '../../parts/links.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { DoorFrame } from '../sign-in/door-frame.tsx';

const isSpent = (error: unknown): boolean => error instanceof ApiError && error.code === 'credential_invalid';

function SpentLink(): ReactElement {
  return (
    <Text size="sm">
      A link works once, and only for a while. Ask an owner for a new one, or{' '}
      <PageLink to="/sign-in" size="sm" underline="always">
        sign in
      </PageLink>{' '}
      if you have set your password already.
    </Text>
  );
}

/** Where a one-time link leads: its secret stands behind `#`, which no server sees. */
export function SetPasswordPage(): ReactElement {
  const secret = useRouterState({ select: ({ location }) => location.hash });
  const [password, setPassword] = useState('');
  const arrive = useArrival();
  const change = useMutation({
    mutationFn: () => client.call('useOneTimeLink', { body: { secret, password } }),
    onSuccess: (me) => arrive(me),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    change.mutate();
  };
  if (secret === '') {
    return (
      <DoorFrame title="Set a password">
        <Text size="sm">
          This link is not whole: the part behind # is missing. Copy it once more from where you got it.
        </Text>
      </DoorFrame>
    );
  }
  return (
    <DoorFrame title="Set a password">
      {change.error ? <RefusalAlert error={change.error} /> : null}
      {isSpent(change.error) ? <SpentLink /> : null}
      <form onSubmit={submit}>
        <Stack gap="sm">
          <PasswordInput
            size="sm"
            label="New password"
            description="At least 12 characters; long is better than odd"
            autoComplete="new-password"
            required
            withAsterisk={false}
            minLength={12}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="sm" loading={change.isPending}>
            Set it and sign in
          </Button>
        </Stack>
      </form>
    </DoorFrame>
  );
}
