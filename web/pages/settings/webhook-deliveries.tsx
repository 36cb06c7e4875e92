import { Button, Group } from '@mantine/core';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { apiQuery, pagedQuery, useChange } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { answerSigns } from '../../parts/states.ts';
import { counted } from '../../words/counted.ts';
import { SectionFrame } from './section-frame.tsx';
import { PagedTable } from '../../parts/paged-table.tsx';

type Delivery = ResultOf<'pingWebhook'>;

const routeApi = getRouteApi('/signed-in/settings');

const columns = ['Event', 'Made', 'State', 'Attempts', 'Last answer', 'Action'];

/** What one webhook was sent in the last 30 days, and what came back. */
export function WebhookDeliveries({ id }: { readonly id: string }): ReactElement {
  const { data } = useSuspenseQuery(apiQuery('getWebhook', { params: { id } }));
  const navigate = routeApi.useNavigate();
  const ping = useChange('pingWebhook');
  const found = useInfiniteQuery({
    ...pagedQuery('listDeliveries', { params: { id }, query: { limit: 50 } }),
    // That a message arrived is no event of the hub.
    refetchInterval: ({ state: { data: pages } }) =>
      pages?.pages.some(({ items }) => items.some(({ state }) => state === 'waiting')) ? 2000 : false,
  });
  return (
    <SectionFrame title={`Deliveries to ${data.name}`}>
      <Group gap="xs">
        <Button loading={ping.isPending} onClick={() => ping.mutate({ params: { id } })}>
          Send a test event
        </Button>
        <Button variant="default" onClick={() => void navigate({ search: { tab: 'webhooks' } })}>
          Back to all webhooks
        </Button>
      </Group>
      {ping.error ? <RefusalAlert error={ping.error} /> : null}
      <PagedTable
        of={found}
        label="Deliveries"
        columns={columns}
        empty="Nothing was sent in the last 30 days."
        row={(delivery) => <DeliveryRow key={delivery.id} delivery={delivery} />}
      />
    </SectionFrame>
  );
}

function DeliveryRow({ delivery }: { readonly delivery: Delivery }): ReactElement {
  const { id, event, state, attempts, createdAt } = delivery;
  const again = useChange('redeliver');
  const last = attempts.at(-1);
  return (
    <tr>
      <th scope="row">
        <code>{event}</code>
      </th>
      <td>
        <Ago at={createdAt} />
      </td>
      <td>
        <StateBadge sign={answerSigns[state]} />
      </td>
      <td>{counted(attempts.length, 'attempt')}</td>
      <td>{last === undefined ? 'none yet' : [last.status ?? last.error, last.answer].join(' ')}</td>
      <td>
        <Button
          variant="default"
          loading={again.isPending}
          aria-label={`Send again: ${event} of ${createdAt}`}
          onClick={() => again.mutate({ params: { id } })}
        >
          Send again
        </Button>
        {again.error ? <RefusalAlert error={again.error} /> : null}
      </td>
    </tr>
  );
}
