import { Container } from '@mantine/core';
import type { ReactElement } from 'react';
import { EmptyState } from '../parts/empty-state.tsx';
import { PageLink } from '../parts/links.tsx';
import { Page } from '../parts/page.tsx';

/** For an address that no page has. */
export function NoSuchPage(): ReactElement {
  return (
    <Container component="main" py="xl">
      <Page title="No such page">
        <EmptyState title="There is nothing at this address">
          It may have been mistyped, or cut off in a message. Go to the{' '}
          <PageLink to="/" underline="always">
            overview
          </PageLink>
          .
        </EmptyState>
      </Page>
    </Container>
  );
}
