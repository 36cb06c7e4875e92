import { Button, Group } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { useMay } from '../../api/me.ts';
import { useChange } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { answerSigns } from '../../parts/states.ts';
import { TwiceButton } from '../../parts/twice-button.tsx';

type Webhook = ResultOf<'getWebhook'>;

const routeApi = getRouteApi('/signed-in/settings');

/** One receiver: whether it hears us, and what can be done about it. */
export function WebhookRow({ webhook }: { readonly webhook: Webhook }): ReactElement {
  const { id, name, project, events, url } = webhook;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{project ?? 'every project'}</td>
      <td>{events.join(', ')}</td>
      <td>{URL.canParse(url) ? new URL(url).host : url}</td>
      <td>
        <LastDelivery of={webhook} />
      </td>
      <td>
        <RowActions key={id} webhook={webhook} />
      </td>
    </tr>
  );
}

function LastDelivery({ of: { enabled, lastDelivery } }: { readonly of: Webhook }): ReactElement {
  if (!enabled) return <>switched off</>;
  if (lastDelivery === null) return <>none yet</>;
  return (
    <>
      <StateBadge sign={lastDelivery.ok ? answerSigns.delivered : answerSigns.failed} />{' '}
      {lastDelivery.status ?? 'no answer'}, <Ago at={lastDelivery.at} />
    </>
  );
}

function RowActions({ webhook: { id, name, enabled } }: { readonly webhook: Webhook }): ReactElement {
  const verdict = useMay('webhooks');
  const navigate = routeApi.useNavigate();
  const change = useChange('changeWebhook');
  const remove = useChange('deleteWebhook');
  const error = change.error ?? remove.error;
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        <Button
          variant="default"
          aria-label={`Deliveries of ${name}`}
          onClick={() => void navigate({ search: { tab: 'webhooks', webhook: id } })}
        >
          Deliveries
        </Button>
        <Button
          variant="default"
          loading={change.isPending}
          aria-label={`Switch ${name} ${enabled ? 'off' : 'on'}`}
          onClick={() => change.mutate({ params: { id }, body: { enabled: !enabled } })}
        >
          Switch {enabled ? 'off' : 'on'}
        </Button>
        <TwiceButton
          verdict={verdict}
          word="Delete"
          what={name}
          isSending={remove.isPending}
          onConfirm={() => remove.mutate({ params: { id } })}
        />
      </Group>
      {error ? <RefusalAlert error={error} /> : null}
    </>
  );
}
