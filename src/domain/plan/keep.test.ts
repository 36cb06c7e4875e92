import { expect, test } from 'vitest';
import { parseKeep } from './keep.ts';

test('a pattern names files, and perhaps a field of them', () => {
  const replicas = parseKeep('**#/replicas');
  expect([replicas.matchesFile('a/b.yaml'), replicas.fields]).toEqual([true, '/replicas']);
  expect(parseKeep('tenants/acme/**').fields).toBeUndefined();
});

test.each([
  ['#/replicas', 'names no file'],
  ['/a/b', 'relative to the root'],
  ['**#replicas', 'must begin with "/"'],
  ['x'.repeat(1100), 'longer than'],
])('the pattern %s is refused with its reason', (source, reason) => {
  expect(() => parseKeep(source)).toThrow(reason);
});
