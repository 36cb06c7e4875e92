import type { Actor } from '../domain/people/actor.ts';

/** The hub itself, as it acts on timers and at start. It decides nothing; it carries decisions out. */
export const systemActor: Actor = {
  id: 'system',
  name: 'Knowngood',
  email: undefined,
  kind: 'service_account',
  ownerId: undefined,
  role: undefined,
  disabled: false,
  groups: [],
  grants: [],
  credential: { kind: 'system', id: 'system', scopes: undefined, authenticatedAt: undefined },
};
