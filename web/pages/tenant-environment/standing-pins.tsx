import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { useMay } from '../../api/me.ts';
import { apiQuery } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { Sha } from '../../parts/sha.tsx';
import { plainText } from '../../words/value-text.ts';
import { settingText } from '../release/setting.ts';

type Pin = ResultOf<'listPins'>['items'][number];

export interface StandingPinsProps {
  readonly project: string;
  readonly tenant: string;
  readonly environment: string;
}

const columns = ['Pin', 'Shared value now', 'Kept by', 'Remove'];

/** Shared values that stay here as they were, each with the way to take the pin away. Nothing where there is none. */
export function StandingPins({ project, tenant, environment }: StandingPinsProps): ReactElement | null {
  const asked = { params: { slug: project }, query: { tenant, environment } };
  const { data, error, refetch } = useQuery(apiQuery('listPins', asked));
  if (error) return <RefusalAlert error={error} onRetry={() => void refetch()} />;
  if (!data || data.items.length === 0) return null;
  return (
    <Stack component="section" gap="xs" aria-labelledby="pins">
      <Title order={2} id="pins">
        Pinned values
      </Title>
      <Text size="sm" c="dimmed" maw={720}>
        A rollback keeps these here as a shared file had them then. Without its pin a service has the shared
        value again; that is a release, previewed and approved like any other.
      </Text>
      <DataTable label="What is pinned" columns={columns}>
        {data.items.map((pin) => (
          <PinRow key={`${pin.file} ${pin.name}`} pin={pin} project={project} />
        ))}
      </DataTable>
    </Stack>
  );
}

function PinRow({ pin, project }: { readonly pin: Pin; readonly project: string }): ReactElement {
  const { service, name, value, file, line, shared, sharedNow, target, since } = pin;
  return (
    <tr>
      <th scope="row" title={`${file}:${line}`}>
        {service}:{' '}
        <code>
          {name} {plainText(value)}
        </code>
      </th>
      <td>
        {sharedNow === null ? 'none' : <code>{plainText(sharedNow)}</code>} in <code>{shared}</code>
      </td>
      <td>
        the rollback to <code>{target}</code>
        {since ? (
          <>
            : <Sha value={since.commit} />, <Ago at={since.at} />
          </>
        ) : null}
      </td>
      <td>
        <RemovePin pin={pin} project={project} />
      </td>
    </tr>
  );
}

/** Leads to the release that takes the pin away, as `knowngood pins remove` makes it. */
function RemovePin({ pin, project }: { readonly pin: Pin; readonly project: string }): ReactElement {
  const { tenant, environment, service, name, address } = pin;
  const params = { project, tenant, environment };
  const may = useMay('request', params);
  const navigate = useNavigate();
  const set = [settingText({ service, field: address, value: undefined })];
  return (
    <GuardedButton
      variant="default"
      verdict={may}
      aria-label={`Remove the pin ${name} of ${service}`}
      onClick={() =>
        void navigate({
          to: '/projects/$project/$tenant/$environment/release',
          params,
          search: { set },
        })
      }
    >
      Remove…
    </GuardedButton>
  );
}
