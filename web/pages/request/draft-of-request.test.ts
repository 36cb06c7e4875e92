import { expect, test } from 'vitest';
import type { Request } from '../../../src/contract/request.ts';
import { draftOfRequest } from './draft-of-request.ts';
import { fullScope } from '../../words/request-scope.test-kit.ts';

const request = (scope: Partial<Request['scope']>, parts: Partial<Request> = {}) => ({
  kind: 'rollback' as const,
  project: 'shop',
  targetSha: '5be0d1e7',
  selectedFields: [],
  ...parts,
  scope: {
    ...fullScope,
    ...scope,
  },
});
const place = { project: 'shop', tenant: 'acme', environment: 'production' };
const aim = { ...place, target: '5be0d1e7', step: 'preview' };

test('a preview asks again for what a request asked for', () => {
  const full = request({ includeShared: true });
  expect(draftOfRequest(full)).toEqual({ ...aim, mode: 'full', shared: 'include' });
  const service = request({ mode: 'service', service: 'web' });
  const aimed = { ...aim, mode: 'service', service: 'web' };
  expect(draftOfRequest(service)).toEqual({ ...aimed, shared: 'leave' });
  const selectedFields = ['web/service.yaml#image.tag'];
  const field = request({ mode: 'field', service: 'web' }, { selectedFields });
  expect(draftOfRequest(field)).toEqual({
    ...aim,
    mode: 'field',
    service: 'web',
    field: selectedFields,
    shared: 'leave',
  });
});

test('a preview keeps what a request does with shared values, whatever the rule of its mode', () => {
  expect(draftOfRequest(request({ shared: 'leave' }))?.shared).toBe('leave');
  expect(draftOfRequest(request({ mode: 'service', service: 'web', shared: 'pin' }))?.shared).toBe('pin');
});

test('an undo is one commit', () => {
  expect(draftOfRequest(request({ mode: 'undo' }))).toEqual({ ...place, undo: '5be0d1e7' });
});

test('a release goes back to nothing, and has no preview here', () => {
  expect(draftOfRequest(request({}, { kind: 'release', targetSha: null }))).toBeUndefined();
});
