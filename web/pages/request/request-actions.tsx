import { Group, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Request } from '../../../src/contract/request.ts';
import { type RequestAction, stateOffers } from '../../../src/domain/request/request-action.ts';
import { useChange } from '../../api/queries.ts';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { permissionOf } from './permission.ts';

/** What moves a request on or ends it, besides reviews. What can never be done in its state is not shown. */
export function RequestActions({ request }: { readonly request: Request }): ReactElement {
  const execute = useChange('executeRequest');
  const cancel = useChange('cancelRequest');
  const { id, state } = request;
  const offers = (action: RequestAction): boolean =>
    stateOffers(state, action, request.error?.retryable === true);
  const error = execute.error ?? cancel.error;
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs">
        {offers('execute') ? (
          <GuardedButton
            size="sm"
            verdict={permissionOf(request, 'execute')}
            loading={execute.isPending}
            onClick={() => execute.mutate({ params: { id }, body: {} })}
          >
            {state === 'failed' ? 'Retry' : 'Execute'}
          </GuardedButton>
        ) : null}
        {offers('resubmit') && request.resubmittedAs === null ? <Resubmit request={request} /> : null}
        {offers('cancel') ? (
          <GuardedButton
            variant="default"
            verdict={permissionOf(request, 'cancel')}
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ params: { id }, body: {} })}
          >
            Cancel
          </GuardedButton>
        ) : null}
      </Group>
      {error ? <RefusalAlert error={error} /> : null}
    </Stack>
  );
}

/** Leads to the new request, which is planned on the present state. */
function Resubmit({ request }: { readonly request: Request }): ReactElement {
  const navigate = useNavigate();
  const resubmit = useChange('resubmitRequest');
  // This button is gone as soon as the request is known to be resubmitted, and with it the callbacks of `mutate`.
  const again = (): void =>
    void resubmit.mutateAsync({ params: { id: request.id }, body: {} }).then(
      ({ id }) => navigate({ to: '/requests/$id', params: { id } }),
      () => undefined,
    );
  return (
    <>
      <GuardedButton
        variant="default"
        verdict={permissionOf(request, 'resubmit')}
        loading={resubmit.isPending}
        onClick={again}
      >
        Resubmit
      </GuardedButton>
      {resubmit.error ? <RefusalAlert error={resubmit.error} /> : null}
    </>
  );
}
