import { Alert, Code, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Request } from '../../../src/contract/request.ts';
import { PageLink } from '../../parts/links.tsx';
import { sentence } from '../../words/sentence.ts';
import { PreviewAgain } from './preview-again.tsx';

function wayOn({ error, reviews }: Pick<Request, 'error' | 'reviews'>): string {
  if (error?.retryable !== true)
    return 'The branch was not changed. Look at what the same would change now, or resubmit it.';
  const kept = reviews.some(({ decision }) => decision === 'approve') ? ' Its approvals are kept.' : '';
  return `The branch was not changed.${kept} When the cause is gone, retry it.`;
}

/** Why a request failed, in the words of whoever refused it, what moved, and what to do now. */
export function WhatWentWrong({ request }: { readonly request: Request }): ReactElement | null {
  const { error, state, resubmittedAs } = request;
  if (error === null || state !== 'failed') return null;
  return (
    <Alert color="red" role="alert" title={sentence(error.message)}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{wayOn(request)}</Text>
        {error.paths.length === 0 ? null : <Code block>{error.paths.join('\n')}</Code>}
        {error.retryable ? null : <PreviewAgain request={request} />}
        {resubmittedAs === null ? null : (
          <PageLink to="/requests/$id" params={{ id: resubmittedAs }} size="sm" underline="always">
            Resubmitted as {resubmittedAs}
          </PageLink>
        )}
      </Stack>
    </Alert>
  );
}
