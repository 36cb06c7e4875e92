import { expect, test } from 'vitest';
import { returnTo } from './return-to.ts';

const home = 'https://hub.example.com';

test.each([
  ['/projects/shop?tab=history#x', '/projects/shop?tab=history#x'],
  ['/', '/'],
  ['/a/../b', '/b'],
])('%s is a page of ours', (wish, page) => {
  expect(returnTo(wish, home)).toBe(page);
});

test.each([
  undefined,
  '',
  'projects',
  'https://evil.example.com/',
  '//evil.example.com',
  '///evil.example.com',
  '/\\evil.example.com',
  '\\/evil.example.com',
  '/\t/evil.example.com',
  '/\n/evil.example.com',
  '/.//evil.example.com',
  '/..//evil.example.com',
  '/a/..//evil.example.com',
  '/%2e//evil.example.com',
  'javascript:alert(1)',
  ' //evil.example.com',
  '/a\\b',
  '/api/v2/auth/oidc/idp/start',
  '/git/shop',
  `/${'a'.repeat(1_001)}`,
])('%j leads to the start page', (wish) => {
  expect(returnTo(wish, home)).toBe('/');
});
