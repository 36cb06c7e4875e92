import { Code, Stack, Text, Title } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Request } from '../../../src/contract/request.ts';
import { Copyable } from '../../parts/copyable.tsx';
import { removePinsCommand } from './remove-pins-command.ts';
import classes from './request-page.module.css';

/** Shared values that this rollback keeps for its own scope, and how a pin is taken away again. */
export function RequestPins({ request }: { readonly request: Request }): ReactElement | null {
  const { plan, state } = request;
  if (plan.pins.length === 0) return null;
  const command = state === 'completed' ? removePinsCommand(request) : undefined;
  return (
    <Stack
      component="section"
      gap={4}
      align="flex-start"
      aria-labelledby="pins"
      className={classes['commands'] ?? ''}
    >
      <Title order={2} id="pins">
        Pins
      </Title>
      <Text size="sm">This rollback keeps shared values as they were, for its own scope alone:</Text>
      {plan.pins.map(({ service, name, value }) => (
        <Text key={`${service ?? ''} ${name}`} size="sm">
          {service === null ? '' : `${service} `}
          <Code>{`${name} ${value}`}</Code>
        </Text>
      ))}
      {command === undefined ? null : (
        <>
          <Text size="sm">To have the shared values again:</Text>
          <Copyable text={command} what={command} long>
            <Code>{command}</Code>
          </Copyable>
        </>
      )}
    </Stack>
  );
}
