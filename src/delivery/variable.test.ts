import { expect, test } from 'vitest';
import { deliveryFault } from './variable.ts';

test('a fault says in one line what is wrong, in which file and in which line', () => {
  const fault = deliveryFault({ file: 'tenants/acme/variables.yaml', line: 3 }, 'LOG_LEVEL is set twice');
  expect(fault).toMatchObject({
    code: 'delivery_invalid',
    message: 'tenants/acme/variables.yaml:3: LOG_LEVEL is set twice',
  });
});
