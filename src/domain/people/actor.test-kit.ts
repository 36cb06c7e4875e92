import type { Account, Actor, Credential } from './actor.ts';

/** An account for tests: a member named after its id, unless told otherwise. */
export const accountOf = (parts: Partial<Account> = {}): Account => {
  const id = parts.id ?? 'usr_1';
  return {
    id,
    name: id,
    email: `${id}@example.com`,
    kind: 'person',
    ownerId: undefined,
    role: 'member',
    disabled: false,
    groups: [],
    grants: [],
    ...parts,
  };
};

export const actorOf = (parts: Partial<Account> = {}, credential: Partial<Credential> = {}): Actor => ({
  ...accountOf(parts),
  credential: {
    kind: 'session',
    id: `ses_${parts.id ?? 'usr_1'}`,
    scopes: undefined,
    authenticatedAt: 0,
    ...credential,
  },
});
