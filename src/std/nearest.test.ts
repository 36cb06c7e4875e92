import { expect, test } from 'vitest';
import { nearest, suggestion } from './nearest.ts';

test('the nearest name is found, whatever the case', () => {
  expect(nearest('api-gatway', ['checkout', 'api-gateway'])).toBe('api-gateway');
  expect(nearest('ACME', ['globex', 'acme'])).toBe('acme');
  expect(nearest('zzz', ['api-gateway', 'checkout'])).toBeUndefined();
});

test('a suggestion names the near one, else the choices when they are few', () => {
  expect(suggestion('acmee', ['acme', 'globex'])).toBe('; did you mean acme?');
  expect(suggestion('zzzzzz', ['acme', 'globex'])).toBe('; there are: acme, globex');
  expect(suggestion('zzzzzz', [])).toBe('');
});
