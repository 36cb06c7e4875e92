import { Group, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { type FeatureFlag, featureFlags, plans } from '../../../src/domain/policy/features.ts';
import { useMay } from '../../api/me.ts';
import { apiQuery, useChange } from '../../api/queries.ts';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { DataTable } from '../../parts/data-table.tsx';

const flagWords: Readonly<Record<FeatureFlag, string>> = {
  basic_rollback: 'Roll back a whole tenant-environment',
  rollback: 'Rollbacks at all',
  selective_rollback: 'Roll back one service, single fields, or one commit',
  rollback_approval: 'Ask for approval of a rollback',
};

/** What this server may do, and the plan that it follows from. */
export function PlanTab(): ReactElement {
  const { data } = useSuspenseQuery(apiQuery('getFeatures'));
  const verdict = useMay('plan');
  const change = useChange('changePlan');
  return (
    <Stack gap="md">
      <Stack component="section" gap="xs" aria-label="Plan">
        <Title order={2}>Plan: {data.plan}</Title>
        <Text size="sm" c="dimmed">
          Where an environment asks for approval and the plan has none, nothing is carried out there: it never
          runs without the approval instead.
        </Text>
        <Group gap="xs">
          {plans
            .filter((plan) => plan !== data.plan)
            .map((plan) => (
              <GuardedButton
                key={plan}
                verdict={verdict}
                variant="default"
                loading={change.isPending && change.variables.body.plan === plan}
                onClick={() => change.mutate({ body: { plan } })}
              >
                Change to {plan}
              </GuardedButton>
            ))}
        </Group>
        {change.error ? <RefusalAlert error={change.error} /> : null}
      </Stack>
      <Flags of={data.flags} />
      <Text size="sm">Modes that can be asked for: {data.modes.join(', ') || 'none'}.</Text>
    </Stack>
  );
}

function Flags({ of: flags }: { readonly of: Readonly<Record<FeatureFlag, boolean>> }): ReactElement {
  return (
    <DataTable label="Features" columns={['Feature', 'What it allows', 'Now']}>
      {featureFlags.map((flag) => (
        <tr key={flag}>
          <th scope="row">
            <code>{flag}</code>
          </th>
          <td>{flagWords[flag]}</td>
          <td>{flags[flag] ? 'on' : 'off'}</td>
        </tr>
      ))}
    </DataTable>
  );
}
