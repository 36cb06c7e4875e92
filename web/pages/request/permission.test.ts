import { expect, test } from 'vitest';
import { permissionOf } from './permission.ts';

test('an action is allowed when the server says so, and else has its reason', () => {
  const actions = [
    { action: 'approve', allowed: false, reason: 'cannot approve/reject your own rollback request' },
    { action: 'note', allowed: true, reason: null },
  ];
  expect(permissionOf({ actions }, 'note')).toEqual({ allowed: true });
  expect(permissionOf({ actions }, 'approve')).toEqual({
    allowed: false,
    refusal: { message: 'cannot approve/reject your own rollback request' },
  });
  expect(permissionOf({ actions }, 'execute').allowed).toBe(false);
});
