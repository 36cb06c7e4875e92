import type { Account, Actor, Credential } from '../people/actor.ts';
import { partyOf } from '../people/actor.ts';
import { accountOf } from '../people/actor.test-kit.ts';
import type { BreakGlassSession } from '../policy/break-glass.ts';
import { featuresOf } from '../policy/features.ts';
import type { EnvironmentPolicy } from '../policy/policy.ts';
import { policyOf } from '../policy/policy.test-kit.ts';
import type { Request, Review } from './request.ts';
import type { Submission } from './submission.ts';
import type { Standing } from './votes.ts';

export const HOUR = 3_600_000;
/** Thursday 2025-06-12T12:00:00Z: the moment at which the tests play. */
export const NOON = Date.UTC(2025, 5, 12, 12);

/** The people of the tests: `r` asks, `a` to `c` may approve, `s` is a service account of `r`, `r2` is `r` again. */
export const cast = {
  r: accountOf({ id: 'r', role: 'admin' }),
  a: accountOf({ id: 'a', role: 'admin', groups: ['sre'] }),
  b: accountOf({ id: 'b', role: 'admin', groups: ['sre'] }),
  c: accountOf({ id: 'c', role: 'owner', groups: ['dev'] }),
  m: accountOf({ id: 'm', role: 'member' }),
  s: accountOf({ id: 's', role: 'admin', kind: 'service_account', ownerId: 'r' }),
  r2: accountOf({ id: 'r2', role: 'admin', ownerId: 'r' }),
} as const;
export type CastName = keyof typeof cast;

export const as = (who: CastName | Account, credential: Partial<Credential> = {}): Actor => {
  const account = typeof who === 'string' ? cast[who] : who;
  return {
    ...account,
    credential: {
      kind: 'session',
      id: `ses_${account.id}`,
      scopes: undefined,
      authenticatedAt: NOON,
      ...credential,
    },
  };
};

export const scopeOf = (parts: Partial<Request['scope']> = {}): Request['scope'] => ({
  mode: 'service',
  where: [{ tenant: 'acme', environment: 'production' }],
  service: 'api-gateway',
  selectedFields: [],
  includeShared: false,
  keep: [],
  allowDelete: false,
  ...parts,
});

/** How things stand at noon, on enterprise, with the people of the tests and this policy. */
export const standingOf = (
  policy: Partial<EnvironmentPolicy> = {},
  parts: Partial<Standing> = {},
): Standing => ({
  features: featuresOf('enterprise'),
  policies: [policyOf(policy)],
  changes: [],
  accounts: new Map(Object.values(cast).map((account) => [account.id, account])),
  session: undefined,
  now: NOON,
  ...parts,
});

/** The same, with some accounts replaced by what they are now. */
export const withAccounts = (standing: Standing, ...changed: Account[]): Standing => ({
  ...standing,
  accounts: new Map([...standing.accounts, ...changed.map((account) => [account.id, account] as const)]),
});

/** A pending service rollback of `r` that needs one approval, submitted at noon. */
export const requestOf = (parts: Partial<Request> = {}): Request => ({
  id: 'rbk-1',
  projectId: 'prj_1',
  kind: 'rollback',
  state: 'pending',
  scope: scopeOf(),
  targetSha: 'c'.repeat(40),
  baseSha: 'd'.repeat(40),
  digest: 'sha256:1',
  plan: {
    impact: { services: 1, bindings: 0, variables: 0, fields: 1, files: 1 },
    services: [],
    hazards: [],
    shared: { changed: 0, included: 0 },
    kept: 0,
  },
  affectedServices: ['api-gateway'],
  justification: 'Bad image tag',
  requester: partyOf(cast.r),
  authors: ['r'],
  policy: policyOf({ approvals: 1 }),
  reviews: [],
  breakGlass: undefined,
  duringFreeze: undefined,
  notes: [],
  execution: undefined,
  commit: undefined,
  error: undefined,
  resubmitOf: undefined,
  submittedAt: NOON,
  expiresAt: NOON + 24 * HOUR,
  updatedAt: NOON,
  closedAt: undefined,
  ...parts,
});

export const approvalBy = (who: CastName, parts: Partial<Review> = {}): Review => ({
  by: partyOf(cast[who]),
  decision: 'approve',
  comment: undefined,
  digest: 'sha256:1',
  at: NOON,
  voided: undefined,
  ...parts,
});

/** A session of `r` in the project of the tests, open from noon for an hour. */
export const sessionOf = (parts: Partial<BreakGlassSession> = {}): BreakGlassSession => ({
  id: 'bgs-1',
  projectId: 'prj_1',
  by: partyOf(cast.r),
  justification: 'production is down',
  openedAt: NOON,
  expiresAt: NOON + HOUR,
  revokedAt: undefined,
  revokedBy: undefined,
  requestIds: [],
  review: undefined,
  ...parts,
});

export const submissionOf = (parts: Partial<Submission> = {}): Submission => ({
  projectId: 'prj_1',
  kind: 'rollback',
  scope: scopeOf(),
  targetSha: 'c'.repeat(40),
  justification: 'Bad image tag',
  digest: undefined,
  resubmitOf: undefined,
  ...parts,
});
