import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { Ago } from '../../parts/ago.tsx';

export interface ReportAgeProps {
  readonly of: { readonly reportedAt: string | null; readonly receivedAt: string | null };
}

/** How old what is shown is, or that there is nothing yet. */
export function ReportAge({ of: { receivedAt } }: ReportAgeProps): ReactElement {
  return (
    <Text size="sm" c="dimmed">
      {receivedAt === null ? (
        'There is no report yet.'
      ) : (
        <>
          As reported <Ago at={receivedAt} />.
        </>
      )}
    </Text>
  );
}
