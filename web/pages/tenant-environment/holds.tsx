import { Stack, Text, Title } from '@mantine/core';
import type { ReactElement } from 'react';
import { Ago } from '../../parts/ago.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { CameBack } from '../../parts/holds/came-back.tsx';
import { type Hold, useHolds } from '../../parts/holds/use-holds.ts';
import { PageLink } from '../../parts/links.tsx';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { plainText } from '../../words/value-text.ts';
import { LiftHold } from './lift-hold.tsx';

export interface HoldsProps {
  readonly project: string;
  readonly tenant: string;
  readonly environment: string;
}

const columns = ['Held value', 'Taken away by', 'Until', 'Lift'];

/** What may not come back here for now: which value, which rollback took it away, until when, and the way to lift it. */
export function Holds({ project, tenant, environment }: HoldsProps): ReactElement {
  const { holds: all, error, refetch } = useHolds(project);
  const holds = all?.filter((hold) => hold.tenant === tenant && hold.environment === environment);
  return (
    <Stack component="section" gap="xs" aria-labelledby="holds">
      <Title order={2} id="holds">
        Held values
      </Title>
      <Text size="sm" c="dimmed" maw={720}>
        A rollback took these away. No release, promotion or push brings them back until the time is over, or
        somebody lifts the hold with a reason.
      </Text>
      {error ? <RefusalAlert error={error} onRetry={refetch} /> : null}
      {holds || error ? null : <Loading lines={2} />}
      {holds?.map((hold) => (
        <CameBack key={hold.id} hold={hold} />
      ))}
      {holds && holds.length > 0 ? (
        <DataTable label="What is held" columns={columns}>
          {holds.map((hold) => (
            <HoldRow key={hold.id} hold={hold} />
          ))}
        </DataTable>
      ) : null}
    </Stack>
  );
}

function HoldRow({ hold }: { readonly hold: Hold }): ReactElement {
  const { service, field, file, requestId, setAt, expiresAt } = hold;
  return (
    <tr>
      <th scope="row" title={file}>
        {service === null ? '' : `${service}: `}
        <code>
          {field} {plainText(hold.value)}
        </code>
      </th>
      <td>
        {/* One box: on a phone each child of a cell has a line of its own. */}
        <div>
          <PageLink to="/requests/$id" params={{ id: requestId }} size="sm">
            {requestId}
          </PageLink>
          , <Ago at={setAt} />
        </div>
      </td>
      <td>
        <Ago at={expiresAt} />
      </td>
      <td>
        <LiftHold hold={hold} />
      </td>
    </tr>
  );
}
