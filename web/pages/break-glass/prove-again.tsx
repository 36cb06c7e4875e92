import { Button, Group, TextInput } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import { useChange } from '../../api/queries.ts';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';

/** The password once more, of whoever is signed in. `onProved` is called when the server takes it. */
export function ProveAgain({ onProved }: { readonly onProved: () => void }): ReactElement {
  const [password, setPassword] = useState('');
  const proof = useChange('reauthenticate');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        proof.mutate({ body: { password } }, { onSuccess: onProved });
      }}
    >
      <Group align="end" gap="xs">
        <TextInput
          type="password"
          label="Your password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={proof.isPending}>
          Go on
        </Button>
      </Group>
      {proof.error ? <RefusalAlert error={proof.error} /> : null}
    </form>
  );
}
