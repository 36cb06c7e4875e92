import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { refusalText } from './refusal-text.ts';

export interface RefusalAlertProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}

/** What went wrong and what to do: the text of the server, its code, and the id that its log has. */
export function RefusalAlert({ error, onRetry }: RefusalAlertProps): ReactElement {
  const { message, code, incident, retryable } = refusalText(error);
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />} title={message}>
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          {[code, incident].filter((part) => part !== undefined).join(' · ')}
        </Text>
        {onRetry && retryable ? (
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        ) : null}
      </Group>
    </Alert>
  );
}
