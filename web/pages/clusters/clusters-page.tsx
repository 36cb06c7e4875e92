import type { ReactElement } from 'react';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';

/** Clusters: the page itself is still to come. */
export function ClustersPage(): ReactElement {
  return (
    <Page title="Clusters">
      <EmptyState title="This page is still to come" command="knowngood history">
        Clusters cannot be connected yet, so health and sync of everything are unknown.
      </EmptyState>
    </Page>
  );
}
