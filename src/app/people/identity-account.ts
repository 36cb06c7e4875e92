import type { Actor } from '../../domain/people/actor.ts';
import type { OidcPerson } from '../../domain/people/oidc-claims.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub, OidcSettings } from '../hub.ts';
import { systemActor } from '../system-actor.ts';
import { createAccount } from './create-account.ts';
import { oidcFailure } from './oidc-failure.ts';
import { recordAccountChange } from './record-account-change.ts';

/** True when this address would make two people look alike. */
async function isTaken(tx: TransactionTables, email: string | undefined, but: string): Promise<boolean> {
  if (email === undefined) return false;
  return (await tx.accounts.withEmail(email)).some(({ id }) => id !== but);
}

async function admitPerson(
  hub: Hub,
  tx: TransactionTables,
  { name: provider, issuer }: OidcSettings,
  { subject, name, email, role, groups }: OidcPerson,
): Promise<string> {
  if (role === undefined) throw oidcFailure(provider, 'not_admitted');
  if (await isTaken(tx, email, '')) throw oidcFailure(provider, 'email_taken');
  const account = { kind: 'person', name, email, role } as const;
  const details = { name, email: email ?? null, role, provider };
  const { id, createdAt } = await createAccount(hub, { tx, actor: systemActor }, { account, details });
  await tx.accounts.addIdentity({ issuer, subject, accountId: id, createdAt });
  await tx.accounts.setGroups(id, issuer, groups);
  return id;
}

/** The role that counts from now on. Owners set the roles of local accounts, and all where no group gives one. */
async function roleFor(
  tx: TransactionTables,
  rules: OidcSettings,
  account: StoredAccount,
  person: OidcPerson,
): Promise<StoredAccount['role']> {
  if (account.login !== undefined || rules.roles.length === 0) return account.role;
  const lastOwner =
    account.role === 'owner' && person.role !== 'owner' && (await tx.accounts.countOwners()) <= 1;
  // A mistake in a group over there must not leave nobody who could mend it here.
  return lastOwner ? account.role : person.role;
}

async function refreshAccount(
  hub: Hub,
  tx: TransactionTables,
  rules: OidcSettings,
  known: { readonly account: StoredAccount; readonly person: OidcPerson },
): Promise<void> {
  const { account, person } = known;
  const local = account.login !== undefined;
  const email = (await isTaken(tx, person.email, account.id))
    ? account.email
    : (person.email ?? account.email);
  const after: StoredAccount = {
    ...account,
    name: local ? account.name : person.name,
    email: local ? account.email : email,
    role: await roleFor(tx, rules, account, person),
  };
  await tx.accounts.setGroups(account.id, rules.issuer, person.groups);
  const { name, role } = after;
  if (name === account.name && role === account.role && after.email === account.email) return;
  await tx.accounts.change(after);
  await recordAccountChange(tx, systemActor, { before: account, after, at: hub.clock() });
}

/** The account of whoever comes from this provider, brought up to date, or a new one. Throws `oidc_failed`. */
export async function accountOfIdentity(
  hub: Hub,
  tx: TransactionTables,
  rules: OidcSettings,
  person: OidcPerson,
): Promise<string> {
  const account = await tx.accounts.byIdentity(rules.issuer, person.subject);
  if (account === undefined) return admitPerson(hub, tx, rules, person);
  await refreshAccount(hub, tx, rules, { account, person });
  return account.id;
}

/** Lets the actor sign in with this identity too. Throws `oidc_failed` when somebody else does. */
export async function connectIdentity(
  hub: Hub,
  tx: TransactionTables,
  wish: { readonly rules: OidcSettings; readonly person: OidcPerson; readonly actor: Actor },
): Promise<string> {
  const { rules, person, actor } = wish;
  const known = await tx.accounts.byIdentity(rules.issuer, person.subject);
  if (known !== undefined && known.id !== actor.id) throw oidcFailure(rules.name, 'identity_taken');
  await tx.accounts.setGroups(actor.id, rules.issuer, person.groups);
  if (known === undefined) {
    const at = hub.clock();
    const { issuer } = rules;
    await tx.accounts.addIdentity({ issuer, subject: person.subject, accountId: actor.id, createdAt: at });
    await recordChange(tx, actor, {
      at,
      action: 'account.changed',
      object: { type: 'account', id: actor.id },
      details: { connected: rules.name },
    });
  }
  return actor.id;
}
