import { Code, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { useMay } from '../../api/me.ts';
import { useChange } from '../../api/queries.ts';
import { Copyable } from '../../parts/copyable.tsx';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { SecretOnce } from '../../parts/secret-once.tsx';

/** Makes room for a cluster, and shows once what its agent registers with. */
export function ConnectCluster(): ReactElement {
  const [name, setName] = useState('');
  const verdict = useMay('clusters');
  const create = useChange('createCluster');
  const made = create.data;
  return (
    <Stack component="section" gap="sm" maw={720} aria-label="Connect a cluster">
      <Title order={2}>Connect a cluster</Title>
      {made ? (
        <Registration of={made} onDone={create.reset} />
      ) : (
        <Group align="flex-end" gap="sm">
          <TextInput
            label="Name"
            description="As you call it, such as eu-west-1."
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <GuardedButton
            verdict={verdict}
            disabled={verdict.allowed && name.trim() === ''}
            loading={create.isPending}
            onClick={() => create.mutate({ body: { name: name.trim() } })}
          >
            Make a registration token
          </GuardedButton>
        </Group>
      )}
      {create.error ? <RefusalAlert error={create.error} /> : null}
    </Stack>
  );
}

interface RegistrationProps {
  readonly of: ResultOf<'createCluster'>;
  readonly onDone: () => void;
}

function Registration({ of: { cluster, registration }, onDone }: RegistrationProps): ReactElement {
  const command = `KNOWNGOOD_AGENT_REGISTRATION_TOKEN=${registration.token} knowngood agent --hub ${registration.address} --cluster ${cluster.name}`;
  return (
    <>
      <SecretOnce
        title={`The agent of ${cluster.name} registers with this token, once, within the hour`}
        secret={registration.token}
        what={`the registration token of ${cluster.name}`}
        onDone={onDone}
      />
      <Text size="sm">Beside the cluster, with your kubeconfig:</Text>
      <Copyable text={command} what={command} long>
        <Code>{command}</Code>
      </Copyable>
    </>
  );
}
