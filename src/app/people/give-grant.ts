import type { Actor } from '../../domain/people/actor.ts';
import { checkName } from '../../domain/people/account-text.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { GrantableVerb } from '../../domain/people/verb.ts';
import { isDuplicate } from '../../store/database-error.ts';
import type { StoredGrant } from '../../store/grants.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import { type NamedGrant, namedGrant } from './list-grants.ts';

/** Whom a right is given to, and where. */
export interface GrantWish {
  readonly subject:
    { readonly kind: 'account'; readonly id: string } | { readonly kind: 'group'; readonly name: string };
  readonly verb: GrantableVerb;
  readonly project: string;
  readonly tenant?: string | undefined;
  readonly environment?: string | undefined;
}

async function receiverOf(tx: TransactionTables, { subject }: GrantWish): Promise<StoredGrant['to']> {
  if (subject.kind === 'group') {
    demand(checkName('subject.name', subject.name));
    return { groupName: subject.name };
  }
  if (!(await tx.accounts.get(subject.id))) throw new Refusal('not_visible', { what: 'this account' });
  return { accountId: subject.id };
}

/** Gives one right in a project or a part of it. Throws `already_exists`, `not_visible`. */
export async function giveGrant(hub: Hub, actor: Actor, wish: GrantWish): Promise<NamedGrant> {
  demandRight(actor, 'members');
  const { verb, tenant, environment } = wish;
  const project = await findProject(hub.store, actor, wish.project);
  const at = hub.clock();
  const give = saveChange(hub, async (tx) => {
    const to = await receiverOf(tx, wish);
    const id = hub.newId('grt_');
    const grant = { id, to, verb, projectId: project.id, tenant, environment, createdAt: at };
    await tx.grants.add(grant);
    await recordChange(tx, actor, {
      at,
      action: 'grant.given',
      object: { type: 'grant', id },
      projectId: project.id,
      details: { to, verb, tenant: tenant ?? null, environment: environment ?? null },
    });
    return namedGrant(tx, grant);
  });
  return give.catch((error: unknown) => {
    throw isDuplicate(error) ? new Refusal('already_exists', { what: 'this grant' }) : error;
  });
}
