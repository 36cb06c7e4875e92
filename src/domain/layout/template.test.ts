import { expect, test } from 'vitest';
import { bySpecificity, hasPlaceholder, matchPath, matchPrefix, parseTemplate } from './template.ts';

test('literal before constrained before partial before free before **', () => {
  const order = ['a/b', 'a/{tenant:x|y}', 'a/v-{tenant}', 'a/{tenant}', 'a/**'];
  const sorted = order
    .toReversed()
    .map((path) => parseTemplate(path))
    .toSorted(bySpecificity);
  expect(sorted.map(({ source }) => source)).toEqual(order);
});

test.each([
  ['a/{tenant}{service}/**', 'may hold one placeholder'],
  ['a/{cluster}/**', '{cluster} is not known'],
  ['/a/{tenant}', 'relative to the root'],
  ['a//b', 'empty path segment'],
  ['a/../b', 'not allowed in a path'],
  ['a/*/b', 'only allowed as a final'],
  ['**', 'matches every path'],
  ['a/{tenant:x|}/**', 'empty value'],
  ['a/{tenant', 'may hold one placeholder'],
  [`a/${'x'.repeat(1100)}`, 'longer than'],
])('the template %s is refused with its reason', (source, reason) => {
  expect(() => parseTemplate(source)).toThrow(reason);
});

test('a path gives its placeholders their values, a folder those that it reaches', () => {
  const template = parseTemplate('apps/{tenant}/v-{environment}/**');
  expect(matchPath(template, ['apps', 'acme', 'v-dev', 'x'])).toEqual({ tenant: 'acme', environment: 'dev' });
  expect(matchPath(template, ['apps', 'acme', 'v-dev'])).toBeUndefined();
  expect(matchPrefix(template, ['apps', 'acme'])).toEqual({ tenant: 'acme' });
  expect(matchPrefix(template, ['other'])).toBeUndefined();
});

test('a trailing slash means everything below', () => {
  expect(parseTemplate('apps/{tenant}/').rest).toBe(true);
  expect(hasPlaceholder(parseTemplate('apps/{tenant}/'), 'service')).toBe(false);
});
