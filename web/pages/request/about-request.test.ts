import { expect, test } from 'vitest';
import { aboutRequest } from './about-request.ts';

const plain = { project: 'shop', affectedServices: ['api', 'web'], recurring: null, duringFreeze: null };

test('a request says where it is, and what is unusual about it', () => {
  expect(aboutRequest(plain)).toBe('in shop · api, web');
  expect(aboutRequest({ ...plain, recurring: 3 })).toBe(
    'in shop · api, web · rollback 3 of this place within 30 days',
  );
  expect(aboutRequest({ ...plain, duringFreeze: 'year end' })).toBe(
    'in shop · api, web · not held up by the freeze year end',
  );
});
