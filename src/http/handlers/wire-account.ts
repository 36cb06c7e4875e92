import type { ResultOf } from '../../contract/operations.ts';
import { wireTime, wireTimeOrNull } from '../../contract/primitives.ts';
import type { NamedGrant } from '../../app/people/list-grants.ts';
import type { Member } from '../../app/people/list-members.ts';
import type { ServiceAccount } from '../../app/people/list-service-accounts.ts';
import type { ListedToken } from '../../app/people/list-tokens.ts';
import type { OneTimeLink } from '../../app/people/one-time-link.ts';
import type { Page } from '../../app/people/page-of.ts';
import { wireAccount } from './wire-person.ts';

/** A page of values as a page of views. */
export const wirePage = <T, V>({ items, next }: Page<T>, view: (item: T) => V) => ({
  items: items.map(view),
  nextCursor: next ?? null,
});

const signInOf = ({ account, facts }: Member): ResultOf<'getMember'>['signIn'] =>
  account.passwordHash !== undefined ? 'password' : facts.issuers.length > 0 ? 'oidc' : 'invited';

export const wireMember = (shown: Member): ResultOf<'getMember'> => {
  const { account, facts, linkedTo } = shown;
  return {
    id: account.id,
    name: account.name,
    email: account.email ?? '',
    role: account.role ?? null,
    groups: [...facts.groups],
    disabled: account.disabledAt !== undefined || linkedTo?.disabledAt !== undefined,
    signIn: signInOf(shown),
    linkedTo: linkedTo === undefined ? null : wireAccount(linkedTo),
    createdAt: wireTime(account.createdAt),
    lastSeenAt: wireTimeOrNull(facts.lastSeenAt),
  };
};

export const wireLink = ({ url, expiresAt }: OneTimeLink) => ({ url, expiresAt: wireTime(expiresAt) });

export const wireGrant = ({ grant: given, project, subject }: NamedGrant): ResultOf<'giveGrant'> => ({
  id: given.id,
  subject,
  verb: given.verb,
  project,
  tenant: given.tenant ?? null,
  environment: given.environment ?? null,
  createdAt: wireTime(given.createdAt),
});

export const wireServiceAccount = ({ account, owner }: ServiceAccount): ResultOf<'changeServiceAccount'> => ({
  id: account.id,
  name: account.name,
  owner: wireAccount(owner),
  role: account.role ?? null,
  disabled: account.disabledAt !== undefined || owner.disabledAt !== undefined,
  createdAt: wireTime(account.createdAt),
});

export const wireToken = ({ token: listed, account }: ListedToken): ResultOf<'createToken'>['token'] => ({
  id: listed.id,
  name: listed.name,
  account: wireAccount(account),
  prefix: listed.prefix,
  scopes: [...listed.scopes],
  createdAt: wireTime(listed.createdAt),
  expiresAt: wireTime(listed.expiresAt),
  lastUsedAt: wireTimeOrNull(listed.usedAt),
  revokedAt: wireTimeOrNull(listed.revokedAt),
});
