import { addDemoAccounts } from '../app/people/add-demo-accounts.ts';
import { createServiceAccount, serviceLogin } from '../app/people/create-service-account.ts';
import { createToken } from '../app/people/create-token.ts';
import { openSession } from '../app/people/open-session.ts';
import { revokeToken } from '../app/people/revoke-token.ts';
import { signOut } from '../app/people/sign-out.ts';
import { resolveCredential } from '../app/people/resolve-credential.ts';
import type { Hub } from '../app/hub.ts';
import type { Actor } from '../domain/people/actor.ts';
import { invariant } from '../std/invariant.ts';
import { demoAccounts, demoBot } from './demo-accounts.ts';

/** Runs a piece of the story as one of its people, who signs in for it and out again; the bot has a token. */
export type ActAs = <T>(name: string, work: (actor: Actor) => Promise<T>) => Promise<T>;

/** Sees to it that all accounts of the story exist; those that do stay as they are. */
export async function gatherCast(hub: Hub): Promise<ActAs> {
  await addDemoAccounts(hub, demoAccounts);
  const actAs: ActAs = (name, work) =>
    name === demoBot.name ? asBot(hub, actAs, work) : asPerson(hub, name, work);
  if (!(await hub.store.accounts.byLogin(serviceLogin(demoBot.name))))
    await actAs('admin', (admin) => createServiceAccount(hub, admin, { name: demoBot.name, role: 'member' }));
  return actAs;
}

const here = { address: '127.0.0.1', userAgent: undefined };

async function asPerson<T>(hub: Hub, name: string, work: (actor: Actor) => Promise<T>): Promise<T> {
  const account = await hub.store.accounts.byLogin(`${name}@example.com`);
  invariant(account, `${name} is one of the demo's people`);
  const from = {
    accountId: account.id,
    from: here,
    oldSecret: undefined,
    action: 'account.signed_in',
  } as const;
  const { actor, secret } = await hub.store.tx((tx) => openSession(hub, tx, from));
  try {
    return await work(actor);
  } finally {
    await signOut(hub, secret);
  }
}

async function asBot<T>(hub: Hub, actAs: ActAs, work: (actor: Actor) => Promise<T>): Promise<T> {
  const account = await hub.store.accounts.byLogin(serviceLogin(demoBot.name));
  invariant(account, 'the bot was added before it acts');
  return actAs('admin', async (admin) => {
    const wish = {
      name: 'demo',
      scopes: ['read', 'push', 'request'],
      accountId: account.id,
      expiresInDays: 1,
    } as const;
    const { secret, token } = await createToken(hub, admin, wish);
    const actor = await resolveCredential(hub, { kind: 'token', secret });
    invariant(actor, 'a new token lets its account in');
    try {
      return await work(actor);
    } finally {
      await revokeToken(hub, admin, token.id);
    }
  });
}
