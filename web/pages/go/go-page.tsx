import type { ReactElement } from 'react';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';

/** Go to a tenant-environment: the page itself is still to come. */
export function GoPage(): ReactElement {
  return (
    <Page title="Go to a tenant-environment">
      <EmptyState title="This page is still to come" command="curl $HUB/go?project=shop">
        Links of alerts will lead here.
      </EmptyState>
    </Page>
  );
}
