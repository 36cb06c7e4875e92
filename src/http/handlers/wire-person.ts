import type { ApproversRef, PersonRef } from '../../contract/primitives.ts';
import type { Approvers } from '../../app/requests/find-approvers.ts';
import type { Account, Party } from '../../domain/people/actor.ts';

/** Somebody as they were when they acted; `account` is what they are now, and tells what kind they are. */
export function wireParty(party: Party, account?: Pick<Account, 'kind'>): PersonRef {
  const { accountId, name, email = null } = party;
  if (accountId === 'system') return { id: null, name, email, kind: 'system' };
  return { id: accountId, name, email, kind: account?.kind ?? 'person' };
}

/** An account as it is now. */
export const wireAccount = ({
  id,
  name,
  email = null,
  kind,
}: Pick<Account, 'id' | 'name' | 'kind'> & { readonly email?: string | undefined | null }): PersonRef => ({
  id,
  name,
  email,
  kind,
});

/** Who can approve something; null where nobody has to. */
export const wireApprovers = (approvers: Approvers | undefined): ApproversRef | null =>
  approvers ? { ...approvers, people: approvers.people.map(wireAccount) } : null;
