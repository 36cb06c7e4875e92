import type { Party } from '../domain/people/actor.ts';
import { defaultPolicy } from '../domain/policy/policy.ts';
import type { Request, Review } from '../domain/request/request.ts';

/** A party for tests, by its number or name. */
export const party = (who: string | number): Party => ({
  personId: `usr_${who}`,
  accountId: `usr_${who}`,
  name: `Person ${who}`,
  email: `${who}@example.com`,
});

/** A pending service rollback of acme/production; anything can be said otherwise. */
export const request = (said: Partial<Request> = {}): Request => ({
  id: 'rbk-01',
  projectId: 'prj_01',
  kind: 'rollback',
  state: 'pending',
  scope: {
    mode: 'service',
    where: [{ tenant: 'acme', environment: 'production' }],
    service: 'api-gateway',
    selectedFields: [],
    includeShared: false,
    keep: [],
    allowDelete: false,
  },
  targetSha: 'a'.repeat(40),
  baseSha: 'b'.repeat(40),
  digest: 'sha256:00',
  plan: {
    impact: { services: 1, bindings: 0, variables: 0, fields: 1, files: 1 },
    services: [{ service: 'api-gateway', files: 1, fields: 1, changes: ['image.tag: v2.1.0 → v2.0.9'] }],
    hazards: [],
    shared: { changed: 0, included: 0 },
    kept: 0,
  },
  affectedServices: ['api-gateway'],
  justification: 'Bad image tag',
  requester: party('jane'),
  authors: ['usr_jane'],
  policy: defaultPolicy,
  reviews: [],
  breakGlass: undefined,
  duringFreeze: undefined,
  notes: [],
  execution: undefined,
  commit: undefined,
  error: undefined,
  resubmitOf: undefined,
  submittedAt: 1000,
  expiresAt: 90_000,
  updatedAt: 1000,
  closedAt: undefined,
  ...said,
});

export const approval = (who: string | number, at = 2000): Review => ({
  by: party(who),
  decision: 'approve',
  comment: undefined,
  digest: 'sha256:00',
  at,
  voided: undefined,
});
