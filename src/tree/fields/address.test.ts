import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bracketText,
  formatAddress,
  keyStep,
  parseAddress,
  parseIdentityStep,
  unescapeStep,
} from './address.ts';

test.each([
  ['#', '', []],
  ['#/image/tag', '', ['image', 'tag']],
  ['@Deployment/api#/spec', '@Deployment/api', ['spec']],
  ['@Role/dev/api#/rules', '@Role/dev/api', ['rules']],
  ['@1#/a~1b', '@1', ['a~1b']],
  ['#/', '', ['']],
  ['#/a#b', '', ['a#b']],
])('%s is read', (text, mark, steps) => {
  expect(parseAddress(text)).toEqual({ kind: 'address', address: { mark, steps } });
  expect(formatAddress({ mark, steps })).toBe(text);
});

test.each([
  ['/image/tag', /needs a #/],
  ['Deployment/api#/a', /@Kind\/name/],
  ['@Deployment#/a', /@Kind\/name/],
  ['#image', /begins with \//],
  ['#/a~9', /~0/],
  ['#/a~', /~0/],
])('%s is malformed', (text, reason) => {
  const parsed = parseAddress(text);
  expect(parsed.kind === 'malformed' && parsed.reason).toMatch(reason);
});

test('an identity step tells its fields or its text', () => {
  expect(parseIdentityStep('[kind=Job,name=a~1b]')).toEqual({
    fields: [
      ['kind', 'Job'],
      ['name', 'a/b'],
    ],
    text: undefined,
  });
  expect(parseIdentityStep('[A~2b~3]')).toEqual({ fields: [], text: 'A=b]' });
  expect(parseIdentityStep('[]')).toBeUndefined();
  expect(parseIdentityStep('name')).toBeUndefined();
});

test('any key and any identity survive their escapes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ minLength: 1 }), (key, item) => {
      const address = formatAddress({
        mark: '',
        steps: [keyStep(key), `[${bracketText(item)}]`, `[name=${bracketText(item)}]`],
      });
      const parsed = parseAddress(address);
      const [first = '', second = '', third = ''] = parsed.kind === 'address' ? parsed.address.steps : [];
      expect(unescapeStep(first)).toBe(key);
      expect(parseIdentityStep(second)?.text).toBe(item);
      expect(parseIdentityStep(third)?.fields).toEqual([['name', item]]);
    }),
  );
});
