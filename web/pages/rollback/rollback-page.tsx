import type { ReactElement } from 'react';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';

/** Roll back: the page itself is still to come. */
export function RollbackPage(): ReactElement {
  return (
    <Page title="Roll back">
      <EmptyState title="This page is still to come" command="knowngood rollback">
        Until then, roll back in a clone of the repository with the command line.
      </EmptyState>
    </Page>
  );
}
