import { Button, Divider, Group, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';

type DemoAccount = ResultOf<'getAuthMethods'>['demoAccounts'][number];

export interface DemoAccountsProps {
  readonly accounts: readonly DemoAccount[];
  readonly onChoose: (account: { readonly email: string; readonly password: string }) => void;
}

/** The accounts of a hub that runs for show: one click signs in. Elsewhere there are none, and this is nothing. */
export function DemoAccounts({ accounts, onChoose }: DemoAccountsProps): ReactElement | null {
  if (accounts.length === 0) return null;
  return (
    <Stack gap="xs">
      <Divider label="This hub runs for show. Come in as" />
      {accounts.map(({ name, email, password }) => (
        <Group key={email} justify="space-between" wrap="nowrap">
          <Button variant="default" flex="none" onClick={() => onChoose({ email, password })}>
            {name}
          </Button>
          <Text size="xs" c="dimmed" ta="right">
            {email} · {password}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
