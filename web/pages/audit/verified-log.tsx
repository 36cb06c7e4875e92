import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { Ago } from '../../parts/ago.tsx';
import { verdictText } from './verdict-text.ts';

/** Whether the chain of the log holds, in words, and when that was looked at. */
export function VerifiedLog({
  verdict,
  at,
}: {
  readonly verdict: ResultOf<'verifyAudit'>;
  readonly at: number;
}): ReactElement {
  const { title, text } = verdictText(verdict);
  const Icon = verdict.ok ? IconCircleCheck : IconAlertTriangle;
  return (
    <Alert
      color={verdict.ok ? 'green' : 'red'}
      role="status"
      icon={<Icon size={18} aria-hidden />}
      title={
        <Text c="var(--mantine-color-text)" fw={600} size="sm">
          {title}
        </Text>
      }
    >
      {text}{' '}
      <Text span size="xs" c="dimmed">
        Looked at <Ago at={new Date(at).toISOString()} />
      </Text>
    </Alert>
  );
}
