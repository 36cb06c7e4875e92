import type { ReactElement } from 'react';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';

/** Requests: the page itself is still to come. */
export function RequestsPage(): ReactElement {
  return (
    <Page title="Requests">
      <EmptyState
        title="This page is still to come"
        command="curl -H 'Authorization: Bearer TOKEN' $HUB/api/v2/requests"
      >
        Until then, requests are listed by the HTTP interface.
      </EmptyState>
    </Page>
  );
}
