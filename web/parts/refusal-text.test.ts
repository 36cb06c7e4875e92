import { expect, test } from 'vitest';
import { ApiError } from '../../src/contract/api-error.ts';
import { refusalText } from './refusal-text.ts';

test('a refusal is said in the words of the server', () => {
  const error = new ApiError(403, { code: 'self_approval', message: 'cannot approve your own request' });
  expect(refusalText(error)).toEqual({
    message: 'Cannot approve your own request',
    code: 'self_approval',
    incident: undefined,
    retryable: false,
  });
});

test('a bug of the server is named by its incident, and may be tried again', () => {
  const error = new ApiError(500, {
    code: 'incident',
    message: 'something broke',
    details: { incident: 'inc-1' },
  });
  expect(refusalText(error)).toMatchObject({ incident: 'inc-1', retryable: true });
});

test('a server that is away is no bug of the page', () => {
  expect(refusalText(new TypeError('Failed to fetch')).message).toMatch(/cannot be reached/);
  expect(refusalText(new Error('x is not a function')).message).toBe('This page failed: x is not a function');
});
