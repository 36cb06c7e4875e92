import type { Actor } from '../domain/people/actor.ts';

/** Who acts without an account: the hub itself, or an agent. It has neither role nor grants. */
export const programActor = (
  who: Pick<Actor, 'id' | 'name'>,
  credential: { readonly kind: 'agent' | 'system'; readonly id: string },
): Actor => ({
  ...who,
  email: undefined,
  kind: 'service_account',
  ownerId: undefined,
  role: undefined,
  disabled: false,
  groups: [],
  grants: [],
  credential: { ...credential, scopes: undefined, authenticatedAt: undefined },
});
