import type { ReactElement } from 'react';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';

/** Request: the page itself is still to come. */
export function RequestPage(): ReactElement {
  return (
    <Page title="Request">
      <EmptyState
        title="This page is still to come"
        command="curl -H 'Authorization: Bearer TOKEN' $HUB/api/v2/requests/ID"
      >
        Until then, a request is shown by the HTTP interface.
      </EmptyState>
    </Page>
  );
}
