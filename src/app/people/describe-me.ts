import type { Actor, Grant } from '../../domain/people/actor.ts';
import { decide } from '../../domain/people/rights.ts';
import { type Verb, verbs } from '../../domain/people/verb.ts';
import type { Hub } from '../hub.ts';

/** Who somebody is and what they may do, as their own pages show it. */
export interface Me {
  readonly actor: Actor;
  /** When the shown credential ends. */
  readonly expiresAt: number | undefined;
  /** Rights in every project, through this credential. */
  readonly verbs: readonly Verb[];
  readonly grants: readonly (Omit<Grant, 'projectId'> & { readonly project: string })[];
}

async function endOf(
  { store, clock }: Hub,
  { id: accountId, credential }: Actor,
): Promise<number | undefined> {
  if (credential.kind === 'token') return (await store.tokens.get(credential.id))?.expiresAt;
  const sessions = await store.sessions.of(accountId, clock());
  return sessions.find(({ id }) => id === credential.id)?.expiresAt;
}

/** Grants in projects that were deleted are left out. */
export async function describeMe(hub: Hub, actor: Actor): Promise<Me> {
  const projects = actor.grants.length === 0 ? [] : await hub.store.projects.list();
  const slugs = new Map(projects.map(({ id, slug }) => [id, slug]));
  return {
    actor,
    expiresAt: await endOf(hub, actor),
    verbs: verbs.filter((verb) => decide(actor, verb).allowed),
    grants: actor.grants.flatMap(({ projectId, ...grant }) => {
      const project = slugs.get(projectId);
      return project === undefined ? [] : [{ ...grant, project }];
    }),
  };
}
