import type { ReactElement } from 'react';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';

/** Audit: the page itself is still to come. */
export function AuditPage(): ReactElement {
  return (
    <Page title="Audit">
      <EmptyState
        title="This page is still to come"
        command="curl -H 'Authorization: Bearer TOKEN' $HUB/api/v2/audit/export"
      >
        Until then, the audit log is exported by the HTTP interface.
      </EmptyState>
    </Page>
  );
}
