import { Button, Group } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { useMay } from '../../api/me.ts';
import { useChange } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { RoleSelect } from './role-select.tsx';

type Member = ResultOf<'listMembers'>['items'][number];

const routeApi = getRouteApi('/signed-in/settings');

const signInWords: Readonly<Record<Member['signIn'], string>> = {
  password: 'password',
  oidc: 'identity provider',
  invited: 'not yet: invited',
};

/** One person; the role is changed in place. */
export function MemberRow({ member }: { readonly member: Member }): ReactElement {
  const isOpen = routeApi.useSearch().member === member.id;
  const navigate = routeApi.useNavigate();
  const verdict = useMay('members');
  const open = (id: string | undefined): void =>
    void navigate({ search: { tab: 'members', member: id }, replace: true, resetScroll: false });
  return (
    <tr>
      <th scope="row">
        {member.name}
        {member.disabled ? ' (disabled)' : ''}
      </th>
      <td>{member.email}</td>
      <td>{member.role ?? 'none'}</td>
      <td>{member.groups.join(', ')}</td>
      <td>{signInWords[member.signIn]}</td>
      <td>{member.lastSeenAt === null ? 'never' : <Ago at={member.lastSeenAt} />}</td>
      <td>
        {isOpen && verdict.allowed ? (
          <RoleChange member={member} onClose={() => open(undefined)} />
        ) : (
          <GuardedButton
            verdict={verdict}
            variant="default"
            aria-label={`Change role of ${member.name}`}
            onClick={() => open(member.id)}
          >
            Change role
          </GuardedButton>
        )}
      </td>
    </tr>
  );
}

function RoleChange({
  member,
  onClose,
}: {
  readonly member: Member;
  readonly onClose: () => void;
}): ReactElement {
  const [role, setRole] = useState(member.role);
  const change = useChange('changeMember');
  const save = (): void =>
    change.mutate({ params: { id: member.id }, body: { role } }, { onSuccess: onClose });
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        <RoleSelect isInRow label={`Role of ${member.name}`} value={role} onChange={setRole} />
        <Button loading={change.isPending} disabled={role === member.role} onClick={save}>
          Save
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </Group>
      {change.error ? <RefusalAlert error={change.error} /> : null}
    </>
  );
}
