import { expect, test } from 'vitest';
import { placeTitle } from './place-title.ts';

test('the project comes first, so that the same tenant-environment of another project reads otherwise', () => {
  const place = { tenant: 'acme', environment: 'production' };
  expect(placeTitle({ project: 'shop', ...place })).toBe('shop / acme / production');
  expect(placeTitle({ project: 'billing', ...place })).toBe('billing / acme / production');
});
