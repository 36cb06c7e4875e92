import { Stack, TextInput } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import type { CallInput } from '../../../src/contract/client.ts';
import type { Role } from '../../../src/domain/people/actor.ts';
import type { Verdict } from '../../../src/domain/refusal/verdict.ts';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { RoleSelect } from './role-select.tsx';

export interface InviteFormProps {
  readonly verdict: Verdict;
  readonly isSending: boolean;
  readonly onInvite: (wish: CallInput<'inviteMember'>['body']) => void;
}

/** Who is to come in, and as what. */
export function InviteForm({ verdict, isSending, onInvite }: InviteFormProps): ReactElement {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role | null>('member');
  const isReady = name.trim() !== '' && email.includes('@');
  return (
    <Stack gap="sm" maw={720}>
      <TextInput
        label="Name"
        maw={320}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="E-mail"
        type="email"
        maw={320}
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <RoleSelect label="Role" value={role} onChange={setRole} />
      <div>
        <GuardedButton
          verdict={verdict}
          disabled={verdict.allowed && !isReady}
          loading={isSending}
          onClick={() => onInvite({ name: name.trim(), email: email.trim(), role })}
        >
          Invite
        </GuardedButton>
      </div>
    </Stack>
  );
}
