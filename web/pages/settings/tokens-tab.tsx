import { Stack, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { useMay } from '../../api/me.ts';
import { pagedQuery, useChange } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { useNow } from '../../parts/use-now.ts';
import { SecretOnce } from '../../parts/secret-once.tsx';
import { PagedTable } from '../../parts/paged-table.tsx';
import { TokenForm } from './token-form.tsx';
import { TwiceButton } from '../../parts/twice-button.tsx';

type Token = ResultOf<'listTokens'>['items'][number];

/** Your tokens: a new one, whose secret is shown once, and those that there are. */
export function TokensTab(): ReactElement {
  const verdict = useMay('own_account');
  const create = useChange('createToken');
  const made = create.data;
  return (
    <Stack gap="xl">
      <Stack component="section" gap="sm" aria-label="New token">
        <Title order={2}>New token</Title>
        {made ? (
          <SecretOnce
            title={`The secret of ${made.token.name}`}
            secret={made.secret}
            what={`the secret of ${made.token.name}`}
            onDone={create.reset}
          />
        ) : (
          <TokenForm
            verdict={verdict}
            isSending={create.isPending}
            onCreate={(body) => create.mutate({ body })}
          />
        )}
        {create.error ? <RefusalAlert error={create.error} /> : null}
      </Stack>
      <TokenList />
    </Stack>
  );
}

const columns = ['Name', 'Begins with', 'May be used for', 'Created', 'Last used', 'Expires', 'Revoke'];

function TokenList(): ReactElement {
  const found = useInfiniteQuery(pagedQuery('listTokens', { query: { limit: 50 } }));
  return (
    <Stack component="section" gap="xs" aria-label="Your tokens">
      <Title order={2}>Your tokens</Title>
      <PagedTable
        of={found}
        label="Tokens"
        columns={columns}
        empty="You have no token. A program that acts for you needs one."
        command="knowngood token create laptop"
        row={(token) => <TokenRow key={token.id} token={token} />}
      />
    </Stack>
  );
}

function TokenRow({ token }: { readonly token: Token }): ReactElement {
  const verdict = useMay('own_account');
  const revoke = useChange('revokeToken');
  const now = useNow();
  const hasEnded = token.revokedAt !== null || Date.parse(token.expiresAt) <= now;
  return (
    <tr>
      <th scope="row">{token.name}</th>
      <td>
        <code>{token.prefix}</code>
      </td>
      <td>{token.scopes.join(', ')}</td>
      <td>
        <Ago at={token.createdAt} />
      </td>
      <td>{token.lastUsedAt === null ? 'never' : <Ago at={token.lastUsedAt} />}</td>
      <td>
        <time dateTime={token.expiresAt}>{token.expiresAt.slice(0, 10)}</time>
      </td>
      <td>
        {token.revokedAt === null ? null : (
          <>
            revoked <Ago at={token.revokedAt} />
          </>
        )}
        {hasEnded && token.revokedAt === null ? 'expired' : null}
        {hasEnded ? null : (
          <TwiceButton
            verdict={verdict}
            word="Revoke"
            what={token.name}
            isSending={revoke.isPending}
            onConfirm={() => revoke.mutate({ params: { id: token.id } })}
          />
        )}
        {revoke.error ? <RefusalAlert error={revoke.error} /> : null}
      </td>
    </tr>
  );
}
