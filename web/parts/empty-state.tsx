import { Stack, Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { CommandLine } from './command-line.tsx';

export interface EmptyStateProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What to type next, ready to be copied. */
  readonly command?: string;
}

/** Nothing is here yet: why, and what to do next. */
export function EmptyState({ title, children, command }: EmptyStateProps): ReactElement {
  return (
    <Stack gap="xs" align="flex-start" py="lg" maw={640}>
      <Text fw={600}>{title}</Text>
      <Text component="div" c="dimmed" size="sm">
        {children}
      </Text>
      {command === undefined ? null : <CommandLine text={command} />}
    </Stack>
  );
}
