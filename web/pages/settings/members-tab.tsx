import { Stack, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useMay } from '../../api/me.ts';
import { pagedQuery, useChange } from '../../api/queries.ts';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { InviteForm } from './invite-form.tsx';
import { MemberRow } from './member-row.tsx';
import { SecretOnce } from '../../parts/secret-once.tsx';
import { PagedTable } from '../../parts/paged-table.tsx';

/** Everybody who has an account, and the door for one more. */
export function MembersTab(): ReactElement {
  const verdict = useMay('members');
  const invite = useChange('inviteMember');
  const made = invite.data;
  return (
    <Stack gap="xl">
      <MemberList />
      <Stack component="section" gap="sm" aria-label="Invite somebody">
        <Title order={2}>Invite somebody</Title>
        {made ? (
          <SecretOnce
            title={`The link with which ${made.member.name} sets a password, good for one use`}
            secret={made.link.url}
            what={`the link for ${made.member.name}`}
            onDone={invite.reset}
          />
        ) : (
          <InviteForm
            verdict={verdict}
            isSending={invite.isPending}
            onInvite={(body) => invite.mutate({ body })}
          />
        )}
        {invite.error ? <RefusalAlert error={invite.error} /> : null}
      </Stack>
    </Stack>
  );
}

const columns = ['Name', 'E-mail', 'Role', 'Groups', 'Signs in by', 'Last seen', 'Change'];

function MemberList(): ReactElement {
  const found = useInfiniteQuery(pagedQuery('listMembers', { query: { limit: 100 } }));
  return (
    <PagedTable
      of={found}
      label="Members"
      columns={columns}
      empty="Nobody has an account yet."
      row={(member) => <MemberRow key={member.id} member={member} />}
    />
  );
}
