import type { ReactElement } from 'react';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';

/** Settings: the page itself is still to come. */
export function SettingsPage(): ReactElement {
  return (
    <Page title="Settings">
      <EmptyState
        title="This page is still to come"
        command="curl -H 'Authorization: Bearer TOKEN' $HUB/api/v2/members"
      >
        Until then, settings are changed through the HTTP interface.
      </EmptyState>
    </Page>
  );
}
