import { expect, test } from 'vitest';
import { pageOfOurs } from './page-of-ours.ts';

test('only pages of ours are returned to', () => {
  expect(pageOfOurs('/requests/rbk-1?tab=plan#notes')).toBe('/requests/rbk-1?tab=plan#notes');
  for (const wish of [
    undefined,
    'https://example.com/',
    '//example.com',
    '/\\example.com',
    '/\t/example.com',
    'javascript:alert(1)',
    '/api/v2/me',
    '/sign-in?returnTo=/x',
  ])
    expect(pageOfOurs(wish)).toBe('/');
});
