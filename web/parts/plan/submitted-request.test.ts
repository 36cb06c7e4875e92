import { expect, test } from 'vitest';
import { ApiError } from '../../../src/contract/api-error.ts';
import { submittedRequest } from './submitted-request.ts';

test('a refusal names the request whose execution failed, and others name none', () => {
  const refused = (details: Record<string, unknown>) =>
    new ApiError(409, { code: 'upstream_refused', message: 'no', details });
  expect(submittedRequest(refused({ requestId: 'rbk-1' }))).toBe('rbk-1');
  expect(submittedRequest(refused({}))).toBeUndefined();
  expect(submittedRequest(new TypeError('Failed to fetch'))).toBeUndefined();
});
