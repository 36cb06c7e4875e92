import { Code, Stack, Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { Plan } from '../../../src/contract/plan.ts';

/** What a plan leaves as it is, and the shared values that it reaches or leaves. */
export function LeftOut({
  plan,
  sharedChoice,
}: {
  readonly plan: Pick<Plan, 'shared' | 'kept'>;
  /** What to do with shared changes, where there is a choice. */
  readonly sharedChoice?: ReactNode;
}): ReactElement | null {
  if (plan.shared.length === 0 && plan.kept.length === 0) return null;
  return (
    <Stack gap={4} component="section" aria-label="Left out and shared">
      {plan.shared.map(({ path, reaches, included }) => (
        <Text key={path} size="sm">
          <Code>{path}</Code> is shared by{' '}
          {reaches.map(({ tenant, environment }) => `${tenant}/${environment}`).join(', ')}:{' '}
          {included ? 'restored for all of them' : 'stays as it is'}
        </Text>
      ))}
      {sharedChoice}
      {plan.kept.map(({ path, address, pattern, reason }) => (
        <Text key={`${path} ${address ?? ''}`} size="sm">
          <Code>{address ?? path}</Code>{' '}
          {pattern === null ? (
            `stays: ${reason ?? 'it is kept'}`
          ) : (
            <>
              is kept, by <Code>{pattern}</Code>
            </>
          )}
        </Text>
      ))}
    </Stack>
  );
}
