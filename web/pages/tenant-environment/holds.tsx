import { Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactElement, useEffect } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { pagedQuery } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { PageLink } from '../../parts/links.tsx';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { plainText } from '../../words/value-text.ts';
import { LiftHold } from './lift-hold.tsx';

type Hold = ResultOf<'getHold'>;

export interface HoldsProps {
  readonly project: string;
  readonly tenant: string;
  readonly environment: string;
}

const columns = ['Held value', 'Taken away by', 'Until', 'Lift'];

/** What may not come back here for now: which value, which rollback took it away, until when, and the way to lift it. */
export function Holds({ project: slug, tenant, environment }: HoldsProps): ReactElement {
  const asked = pagedQuery('listHolds', { params: { slug }, query: { state: 'in_force', limit: 200 } });
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(asked);
  useEffect(() => {
    // After a failure somebody has to ask again: else it would be asked without end.
    if (hasNextPage && !isFetching && !error) void fetchNextPage();
  }, [hasNextPage, isFetching, error, fetchNextPage]);
  const holds = data?.pages
    .flatMap(({ items }) => items)
    .filter((hold) => hold.tenant === tenant && hold.environment === environment);
  return (
    <Stack component="section" gap="xs" aria-labelledby="holds">
      <Title order={2} id="holds">
        Held values
      </Title>
      <Text size="sm" c="dimmed" maw={720}>
        A rollback took these away. No release, promotion or push brings them back until the time is over, or
        somebody lifts the hold with a reason.
      </Text>
      {error && (!holds || hasNextPage) ? (
        <RefusalAlert error={error} onRetry={() => void refetch()} />
      ) : null}
      {holds || error ? null : <Loading lines={2} />}
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
        <PageLink to="/requests/$id" params={{ id: requestId }} size="sm">
          {requestId}
        </PageLink>
        , <Ago at={setAt} />
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
