import type { GrantableVerb } from './verb.ts';

/** Roles from the least to the most: each may do what the ones before it may. */
export const roles = ['viewer', 'member', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

/** What a token may be used for; a scope that is not listed on it gives no right. */
export const tokenScopes = [
  'read',
  'request',
  'push',
  'approve',
  'execute',
  'break_glass',
  'account',
  'admin',
] as const;
export type TokenScope = (typeof tokenScopes)[number];

export type CredentialKind = 'session' | 'token' | 'agent' | 'system';

/** With what somebody came in. `scopes` is absent for everything but tokens, which have exactly what is listed. */
export interface Credential {
  readonly kind: CredentialKind;
  readonly id: string;
  readonly scopes: readonly TokenScope[] | undefined;
  /** Epoch milliseconds of the last proof of identity (password, second factor, OIDC); absent when there was none. */
  readonly authenticatedAt: number | undefined;
}

/** One verb, given in one project, or in one tenant or environment of it. An absent part means all of them. */
export interface Grant {
  readonly verb: GrantableVerb;
  readonly projectId: string;
  readonly tenant: string | undefined;
  readonly environment: string | undefined;
}

/** One account with its rights at this moment. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly kind: 'person' | 'service_account';
  /**
   * The person who answers for it: the owner of a service account, or whom a second account is linked to. Never a
   * chain: whoever is linked takes along the accounts that it owned.
   */
  readonly ownerId: string | undefined;
  /** Absent for an account that has nothing but grants. */
  readonly role: Role | undefined;
  /** True as well when the person who answers for it is disabled. */
  readonly disabled: boolean;
  readonly groups: readonly string[];
  /** Their own grants and those of their groups. */
  readonly grants: readonly Grant[];
}

/** The Idempotency-Key under which something is asked for, and the call that holds it. */
export interface AskedOnce {
  /** Whose key it is: the account. Keys of different clients never meet. */
  readonly client: string;
  readonly key: string;
  /** Of one call alone: whoever takes the key over has another. */
  readonly holder: string;
}

/** Whoever acts: an account, and the credential that was shown. */
export interface Actor extends Account {
  readonly credential: Credential;
  /** Present while something is asked for that must not be done twice: every change is noted with it. */
  readonly once?: AskedOnce;
}

/** The one person whom an account counts as: in votes, and wherever "your own" is asked. */
export const personOf = (account: Pick<Account, 'id' | 'ownerId'>): string => account.ownerId ?? account.id;

/** Who somebody was, as kept in requests, reviews, sessions and audit entries: names outlive accounts. */
export interface Party {
  readonly personId: string;
  readonly accountId: string;
  readonly name: string;
  readonly email: string | undefined;
}

/** The account as it is written down. */
export const partyOf = (account: Account): Party => ({
  personId: personOf(account),
  accountId: account.id,
  name: account.name,
  email: account.email,
});

/** True for the same account, and for another account of the same person. */
export const isSame = (party: Party, account: Pick<Account, 'id' | 'ownerId'>): boolean =>
  party.accountId === account.id || party.personId === personOf(account);

/** How a party is named to people: the e-mail address, as in commits, or the name. */
export const partyName = (party: Party): string => party.email ?? party.name;

/** True when the role is the needed one or more. */
export const atLeast = (role: Role | undefined, needed: Role): boolean =>
  role !== undefined && roles.indexOf(role) >= roles.indexOf(needed);
