import type { ReleaseChange } from '../plan/release-change.ts';
import { describe, expect, test } from 'vitest';
import { partyOf } from '../people/actor.ts';
import { featureFlags, featuresOf, plans } from '../policy/features.ts';
import { checkExecution } from './execution.ts';
import { policyOf } from '../policy/policy.test-kit.ts';
import {
  HOUR,
  NOON,
  as,
  cast,
  requestOf,
  scopeOf,
  sessionOf,
  standingOf,
  submissionOf,
} from './request.test-kit.ts';
import { decidePreview, decideSubmission, submitRequest } from './submission.ts';

const planned = { id: 'rbk-1', baseSha: 'd'.repeat(40), digest: 'sha256:1', plan: requestOf().plan };
const answer = (submission = submissionOf(), actor = as('m'), standing = standingOf()) =>
  decideSubmission(actor, submission, standing).refusal?.message;

describe('the answers come in the documented order', () => {
  const nothing = submissionOf({
    targetSha: undefined,
    justification: undefined,
    scope: scopeOf({ mode: 'field', selectedFields: [] }),
  });
  const target = { ...nothing, targetSha: 'abc' };
  const field = { ...target, scope: scopeOf({ mode: 'field', selectedFields: ['image.tag'] }) };
  const off = standingOf({ approvals: 1 }, { features: featuresOf('pro') });
  test.each([
    [
      nothing,
      as({ ...cast.m, role: undefined }),
      off,
      'this project does not exist, or is not visible to you',
    ],
    [
      nothing,
      as({ ...cast.m, role: 'viewer' }),
      off,
      'you may not submit a request in acme/production: it needs the role member, and you are viewer',
    ],
    [nothing, as('m'), off, 'field rollback is not part of the pro plan; it needs enterprise'],
    [nothing, as('m'), standingOf(), 'targetSha is required'],
    [target, as('m'), standingOf(), 'selected fields cannot be empty for field mode'],
    [field, as('m'), standingOf(), 'justification is required'],
    [{ ...field, justification: 'x' }, as('m'), standingOf(), undefined],
  ] as const)('%#', (submission, actor, standing, message) => {
    expect(answer(submission, actor, standing)).toBe(message);
  });
});

describe('incomplete questions', () => {
  test.each(['', '  ', undefined])('a target of %j', (targetSha) => {
    expect(answer(submissionOf({ targetSha }))).toBe('targetSha is required');
  });

  test('a service or field rollback names its service; fields have a length', () => {
    for (const mode of ['service', 'field'] as const) {
      const scope = scopeOf({ mode, service: undefined, selectedFields: ['a'] });
      expect(answer(submissionOf({ scope }))).toBe('service is required');
    }
    const long = scopeOf({ mode: 'field', selectedFields: ['x'.repeat(1025)] });
    expect(answer(submissionOf({ scope: long }))).toBe('field is longer than 1024 characters');
    expect(answer(submissionOf({ scope: scopeOf({ mode: 'full', service: undefined }) }))).toBeUndefined();
  });

  test('a release needs no target, but something to write', () => {
    const release = (changes: readonly ReleaseChange[]) =>
      answer(submissionOf({ kind: 'release', targetSha: undefined, scope: scopeOf({ changes }) }));
    expect(release([{ kind: 'file', path: 'a', text: 'b' }])).toBeUndefined();
    expect(release([])).toBe('name at least one field or file to change');
  });

  test('a promotion needs the environment that it comes from, and the right to look at it', () => {
    const ask = (promotion: object): string | undefined =>
      answer(submissionOf({ kind: 'promotion', targetSha: undefined, scope: scopeOf(promotion) }));
    expect(ask({})).toBe('from is required');
    expect(ask({ promotion: { from: 'staging', services: [], carry: [] } })).toBeUndefined();
  });

  test('only what is over is resubmitted', () => {
    expect(answer(submissionOf({ resubmitOf: requestOf({ state: 'rejected' }) }))).toBeUndefined();
    expect(answer(submissionOf({ resubmitOf: requestOf() }))).toBe(
      'cannot resubmit a rollback request that is pending',
    );
  });
});

test('a preview needs only the right to look, the plan and a complete question', () => {
  const viewer = as({ ...cast.m, role: 'viewer' });
  const preview = (parts = {}, features = featuresOf('enterprise')) =>
    decidePreview(viewer, submissionOf({ justification: undefined, ...parts }), { features }).refusal
      ?.message;
  expect(preview()).toBeUndefined();
  expect(preview({ targetSha: '' })).toBe('targetSha is required');
  expect(preview({}, featuresOf('free'))).toBe('selective_rollback is not part of the free plan');
});

test('a submission becomes a request with everything pinned', () => {
  const standing = standingOf({ approvals: 2, expiryHours: 3 });
  const { request, opening } = submitRequest(
    as('s'),
    submissionOf({ justification: ' Bad tag ' }),
    { ...planned, plan: { ...planned.plan, services: [service('api-gateway'), service(null)] } },
    standing,
  );
  expect(opening).toMatchObject({ state: 'pending', executesNow: false, needed: 2 });
  expect(request).toMatchObject({
    id: 'rbk-1',
    state: 'pending',
    digest: 'sha256:1',
    affectedServices: ['api-gateway'],
    justification: 'Bad tag',
    requester: partyOf(cast.s),
    authors: ['r'],
    policy: policyOf({ approvals: 2, expiryHours: 3 }),
    submittedAt: NOON,
    expiresAt: NOON + 3 * HOUR,
  });
});

const service = (name: string | null) => ({ service: name, files: 1, fields: 1, changes: [] });

test('a plan that is not the one the person looked at is a conflict', () => {
  const stale = submissionOf({ digest: 'sha256:0' });
  expect(() => submitRequest(as('m'), stale, planned, standingOf())).toThrow('look at the preview again');
  const same = submissionOf({ digest: 'sha256:1' });
  expect(submitRequest(as('m'), same, planned, standingOf()).opening.executesNow).toBe(true);
});

test('a resubmitted request keeps the authors of the first', () => {
  const resubmitOf = requestOf({ state: 'failed', authors: ['r', 'a'] });
  const { request } = submitRequest(as('b'), submissionOf({ resubmitOf }), planned, standingOf());
  expect(request.authors).toEqual(['b', 'r', 'a']);
  expect(request.resubmitOf).toBe('rbk-1');
});

// 16 combinations of flags × plans × modes × policies × break-glass: what runs has a reason to.
describe.each(plans)('on %s, with every combination of flags', (plan) => {
  const modes = ['full', 'service', 'undo', 'field'] as const;
  const combinations = Array.from({ length: 16 }, (_, bits) =>
    featureFlags.filter((_, at) => (bits & (1 << at)) === 0),
  );
  test.each(modes)('%s never runs without a reason', (mode) => {
    for (const off of combinations) {
      for (const approvals of [0, 1, 2]) {
        for (const session of [undefined, sessionOf()]) {
          const standing = standingOf({ approvals }, { features: featuresOf(plan, off), session });
          const submission = submissionOf({ scope: scopeOf({ mode, selectedFields: ['image.tag'] }) });
          const on = (flag: (typeof featureFlags)[number]) => !off.includes(flag);
          const selective =
            plan !== 'free' && on('selective_rollback') && (mode !== 'field' || plan === 'enterprise');
          const possible = on('rollback') && (mode === 'full' ? on('basic_rollback') : selective);
          const gate = approvals === 0 || (plan === 'enterprise' && on('rollback_approval'));
          const runs = possible && gate && (approvals === 0 || session !== undefined);
          expect(outcome(submission, standing)).toBe(
            possible && gate ? (runs ? 'runs' : 'waits') : 'refused',
          );
        }
      }
    }
  });
});

function outcome(
  submission: ReturnType<typeof submissionOf>,
  standing: ReturnType<typeof standingOf>,
): string {
  if (!decideSubmission(as('r'), submission, standing).allowed) return 'refused';
  const { request, opening } = submitRequest(as('r'), submission, planned, standing);
  if (!opening.executesNow) return 'waits';
  return checkExecution(request, standing).kind === 'go' ? 'runs' : 'stopped';
}
