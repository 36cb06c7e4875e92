import { Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useMay } from '../../api/me.ts';
import { pagedQuery, useChange } from '../../api/queries.ts';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { SecretOnce } from '../../parts/secret-once.tsx';
import { PagedTable } from '../../parts/paged-table.tsx';
import { WebhookDeliveries } from './webhook-deliveries.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookRow } from './webhook-row.tsx';

const routeApi = getRouteApi('/signed-in/settings');

/** Where events are sent; the deliveries of the one that the address names. */
export function WebhooksTab(): ReactElement {
  const { webhook } = routeApi.useSearch();
  const verdict = useMay('webhooks');
  if (!verdict.allowed)
    return <Text size="sm">Webhooks are for admins: the address of a channel is a secret.</Text>;
  if (webhook !== undefined) return <WebhookDeliveries key={webhook} id={webhook} />;
  return (
    <Stack gap="xl">
      <WebhookList />
      <NewWebhook />
    </Stack>
  );
}

function NewWebhook(): ReactElement {
  const verdict = useMay('webhooks');
  const create = useChange('createWebhook');
  const made = create.data;
  return (
    <Stack component="section" gap="sm" aria-label="New webhook">
      <Title order={2}>New webhook</Title>
      {made && made.secret !== null ? (
        <SecretOnce
          title={`The secret that signs what ${made.webhook.name} receives`}
          secret={made.secret}
          what={`the secret of ${made.webhook.name}`}
          onDone={create.reset}
        />
      ) : (
        <WebhookForm
          verdict={verdict}
          isSending={create.isPending}
          onCreate={(body) => create.mutate({ body })}
        />
      )}
      {create.error ? <RefusalAlert error={create.error} /> : null}
    </Stack>
  );
}

const columns = ['Name', 'Project', 'Events', 'Address', 'Last delivery', 'Actions'];

function WebhookList(): ReactElement {
  const found = useInfiniteQuery(pagedQuery('listWebhooks', { query: { limit: 50 } }));
  return (
    <Stack component="section" gap="xs" aria-label="Webhooks">
      <Title order={2}>Webhooks</Title>
      <PagedTable
        of={found}
        label="Webhooks"
        columns={columns}
        empty="Events are sent nowhere yet. A channel of your chat is a good first receiver."
        command="knowngood webhook create https://hooks.example.com/1"
        row={(webhook) => <WebhookRow key={webhook.id} webhook={webhook} />}
      />
    </Stack>
  );
}
