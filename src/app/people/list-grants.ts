import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { StoredGrant } from '../../store/grants.ts';
import type { Tables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import { type Page, type PageWish, pageOf } from './page-of.ts';

/** A grant with the names that people know its parts by. */
export interface NamedGrant {
  readonly grant: StoredGrant;
  readonly project: string;
  readonly subject: { readonly kind: 'account' | 'group'; readonly id: string; readonly name: string };
}

/** What was deleted since keeps its id as its name. */
export async function namedGrant(
  tables: Pick<Tables, 'accounts' | 'projects'>,
  grant: StoredGrant,
): Promise<NamedGrant> {
  const project = (await tables.projects.get(grant.projectId))?.slug ?? grant.projectId;
  if ('groupName' in grant.to) {
    const { groupName } = grant.to;
    return { grant, project, subject: { kind: 'group', id: groupName, name: groupName } };
  }
  const { accountId: id } = grant.to;
  const account = await tables.accounts.get(id);
  return { grant, project, subject: { kind: 'account', id, name: account?.name ?? id } };
}

/** Grants of all projects or of one, to everybody or to one account; oldest first. */
export async function listGrants(
  hub: Hub,
  actor: Actor,
  wish: PageWish & { readonly project?: string | undefined; readonly account?: string | undefined },
): Promise<Page<NamedGrant>> {
  demandRight(actor, 'members');
  const { project, account: accountId } = wish;
  const projectId = project === undefined ? undefined : (await findProject(hub.store, actor, project)).id;
  const { items, next } = await pageOf(wish, (after, limit) =>
    hub.store.grants.list({ projectId, accountId, after, limit }),
  );
  return { items: await Promise.all(items.map((grant) => namedGrant(hub.store, grant))), next };
}
