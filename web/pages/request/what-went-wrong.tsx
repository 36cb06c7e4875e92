import { Alert, Code, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Request } from '../../../src/contract/request.ts';
import { decideAll } from '../../../src/domain/people/rights.ts';
import { actorOfMe, useMe } from '../../api/me.ts';
import { PageLink } from '../../parts/links.tsx';
import { sentence } from '../../words/sentence.ts';
import { PreviewAgain } from './preview-again.tsx';
import { wayOn } from './way-on.ts';

/** Why a request failed, in the words of whoever refused it, what moved, and what to do now. */
export function WhatWentWrong({ request }: { readonly request: Request }): ReactElement | null {
  const { error, state, resubmittedAs, project, scope } = request;
  const actor = actorOfMe(useMe());
  if (error === null || state !== 'failed') return null;
  const places = scope.where.map((each) => ({ ...each, projectId: project }));
  const may = { execute: decideAll(actor, 'execute', places), request: decideAll(actor, 'request', places) };
  return (
    <Alert color="red" role="alert" title={sentence(error.message)}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{wayOn(request, may)}</Text>
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
