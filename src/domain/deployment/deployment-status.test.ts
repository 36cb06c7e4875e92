import { expect, test } from 'vitest';
import { statusAfter } from './deployment-status.ts';

const row = { services: ['api', 'cart'], status: 'success', statusServices: [] } as const;

test('a rollback of some services is told of those, and adds up', () => {
  const first = statusAfter(row, 'rolled_back', ['api', 'other']);
  expect(first).toEqual({ status: 'rolled_back', statusServices: ['api'] });
  expect(statusAfter({ ...row, ...first }, 'rolled_back', ['cart'])).toEqual({
    status: 'rolled_back',
    statusServices: ['api', 'cart'],
  });
  expect(statusAfter({ ...row, ...first }, 'rolled_back', ['api'])).toBeUndefined();
});

test('a rollback of everything takes all of it, also where no service was touched', () => {
  expect(statusAfter(row, 'rolled_back', undefined)?.statusServices).toEqual(['api', 'cart']);
  const plain = { ...row, services: [] };
  expect(statusAfter(plain, 'rolled_back', undefined)).toEqual({ status: 'rolled_back', statusServices: [] });
  expect(statusAfter(plain, 'rolled_back', ['api'])).toBeUndefined();
});

test('a failure that is rolled back is rolled back; what was rolled back cannot fail', () => {
  const failed = { ...row, status: 'failed', statusServices: ['api'] } as const;
  expect(statusAfter(failed, 'rolled_back', ['api'])).toEqual({
    status: 'rolled_back',
    statusServices: ['api'],
  });
  const gone = { ...row, status: 'rolled_back', statusServices: ['api'] } as const;
  expect(statusAfter(gone, 'failed', ['cart'])).toBeUndefined();
  expect(statusAfter(row, 'failed', ['cart'])).toEqual({ status: 'failed', statusServices: ['cart'] });
});
