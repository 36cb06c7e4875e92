import { expect, test } from 'vitest';
import { networkOf, secondsLocked } from './sign-in-limit.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('%s belongs to %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('a lock is told in whole seconds, rounded up', () => {
  expect(secondsLocked(1_001, 0)).toBe(2);
  expect(secondsLocked(1_000, 1_000)).toBeUndefined();
});
