import { expect, test } from 'vitest';
import { decide } from '../../src/domain/people/rights.ts';
import { type Me, actorOfMe } from './me.ts';

const me = (parts: Partial<Me>): Me => ({
  id: 'usr_1',
  name: 'vera',
  email: null,
  kind: 'person',
  role: 'viewer',
  groups: [],
  credential: { kind: 'session', id: 'ses_1', scopes: null, authenticatedAt: null, expiresAt: null },
  verbs: [],
  grants: [],
  ...parts,
});

const production = { projectId: 'shop', tenant: 'acme', environment: 'production' };

test('the rules of the domain answer the same about whoever is signed in', () => {
  expect(decide(actorOfMe(me({})), 'read', production).allowed).toBe(true);
  expect(decide(actorOfMe(me({})), 'request', production).refusal?.code).toBe('role_missing');
  expect(decide(actorOfMe(me({ role: 'member' })), 'request', production).allowed).toBe(true);
});

test('a grant counts where it was given, and a right that this console does not know gives nothing', () => {
  const grants = [
    { verb: 'request', project: 'shop', tenant: 'acme', environment: null },
    { verb: 'not_yet_known', project: 'shop', tenant: null, environment: null },
  ];
  const actor = actorOfMe(me({ grants }));
  expect(decide(actor, 'request', production).allowed).toBe(true);
  expect(decide(actor, 'request', { ...production, tenant: 'globex' }).allowed).toBe(false);
  expect(actor.grants).toHaveLength(1);
});
