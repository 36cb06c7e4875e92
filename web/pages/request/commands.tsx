import { Code, Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Request } from '../../../src/contract/request.ts';
import { client } from '../../api/client.ts';
import { Copyable } from '../../parts/copyable.tsx';
import { requestCommands } from './request-commands.ts';
import classes from './request-page.module.css';

/** The same on the command line, and with curl and a token, ready to be copied. */
export function Commands({ request }: { readonly request: Request }): ReactElement {
  const { id } = request;
  const commands = requestCommands(
    request,
    (step) => `${window.location.origin}${client.url(step, { params: { id } })}`,
  );
  return (
    <Stack
      gap={4}
      align="flex-start"
      component="section"
      aria-label="On the command line"
      className={classes['commands'] ?? ''}
    >
      <Lines of={commands.map(({ cli }) => cli)} />
      <details>
        <summary>The same with curl</summary>
        <Stack gap={4} mt={4} align="flex-start">
          <Lines of={commands.map(({ curl }) => curl)} />
        </Stack>
      </details>
    </Stack>
  );
}

function Lines({ of }: { readonly of: readonly string[] }): ReactElement {
  return (
    <>
      {of.map((line) => (
        <Copyable key={line} text={line} what={line}>
          <Code>{line}</Code>
        </Copyable>
      ))}
    </>
  );
}
