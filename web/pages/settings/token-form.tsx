import { Checkbox, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import type { CallInput } from '../../../src/contract/client.ts';
import { type TokenScope, tokenScopes } from '../../../src/domain/people/actor.ts';
import type { Verdict } from '../../../src/domain/refusal/verdict.ts';
import { GuardedButton } from '../../parts/guarded-button.tsx';

export type TokenWish = CallInput<'createToken'>['body'];

export interface TokenFormProps {
  readonly verdict: Verdict;
  readonly isSending: boolean;
  readonly onCreate: (wish: TokenWish) => void;
}

const scopeWords: Readonly<Record<TokenScope, string>> = {
  read: 'read',
  request: 'submit and cancel requests',
  push: 'push with Git',
  approve: 'approve and reject',
  execute: 'execute approved requests',
  break_glass: 'use break-glass',
  account: 'change your account and tokens',
  admin: 'manage projects, policies and people',
};

const isScope = (text: string): text is TokenScope => (tokenScopes as readonly string[]).includes(text);

/** What a new token is called, what it may be used for, and how long it lasts. It never gives more than you have. */
export function TokenForm({ verdict, isSending, onCreate }: TokenFormProps): ReactElement {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly TokenScope[]>(['read']);
  const [days, setDays] = useState<number | string>(90);
  const isReady = name.trim() !== '' && scopes.length > 0 && typeof days === 'number' && days >= 1;
  const create = (): void => {
    if (typeof days === 'number') onCreate({ name: name.trim(), scopes: [...scopes], expiresInDays: days });
  };
  return (
    <Stack gap="sm" maw={720}>
      <TextInput
        label="Name"
        description="Where it is used, such as laptop or release pipeline."
        maw={320}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox.Group
        label="What it may be used for"
        description="Never for more than you may do yourself."
        value={[...scopes]}
        onChange={(values) => setScopes(values.filter(isScope))}
      >
        <Group gap="md" mt={6}>
          {tokenScopes.map((scope) => (
            <Checkbox key={scope} size="xs" value={scope} label={scopeWords[scope]} />
          ))}
        </Group>
      </Checkbox.Group>
      <NumberInput
        size="xs"
        maw={320}
        label="Expires after (days)"
        min={1}
        max={366}
        allowDecimal={false}
        value={days}
        onChange={setDays}
      />
      <div>
        <GuardedButton verdict={verdict} disabled={!isReady} loading={isSending} onClick={create}>
          Create the token
        </GuardedButton>
      </div>
    </Stack>
  );
}
