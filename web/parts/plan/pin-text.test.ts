import { expect, test } from 'vitest';
import { pinText } from './pin-text.ts';

const pin = {
  service: 'api',
  file: 'tenants/acme/production/api/variables.yaml',
  address: '#/LEVEL',
  name: 'LEVEL',
  value: 'info',
  shared: 'variables.yaml',
  presentNow: true,
  now: 'debug',
};

test('a pin says what stays here and what others have', () => {
  expect(pinText(pin)).toBe('stays info, as variables.yaml said then; others have debug now');
  expect(pinText({ ...pin, value: 3, presentNow: false, now: null })).toBe(
    'stays 3, as variables.yaml said then; nothing sets it now',
  );
});
