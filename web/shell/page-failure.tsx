import { Box, Button, Group } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { PageLink } from '../parts/links.tsx';
import { Page } from '../parts/page.tsx';
import { RefusalAlert } from '../parts/refusal-alert.tsx';

/**
 * Instead of a page that could not be shown: why, and ways on that keep the address. A page that is older than its hub
 * cannot read what the hub says, however often it asks: that takes loading it anew.
 */
export function PageFailure({ error }: { readonly error: unknown }): ReactElement {
  const router = useRouter();
  const { reset } = useQueryErrorResetBoundary();
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title="This page cannot be shown">
      <Box maw={720}>
        <RefusalAlert error={error} onRetry={retry} />
      </Box>
      <Group>
        <Button variant="default" onClick={() => window.location.reload()}>
          Load this page anew
        </Button>
        <PageLink to="/" size="sm">
          Go to the overview
        </PageLink>
      </Group>
    </Page>
  );
}
