import { expect, test } from 'vitest';
import { isCrossSite } from './same-origin.ts';

const hub = 'https://hub.example.com';

test('a page of another site is told from our own', () => {
  const shapes: readonly [Record<string, string>, boolean][] = [
    [{ origin: 'https://hub.example.com' }, false],
    [{ origin: 'https://hub.example.com:443' }, false],
    [{ origin: 'https://evil.example.com' }, true],
    [{ origin: 'https://hub.example.com.evil.com' }, true],
    [{ origin: 'https://hub.example.com@evil.com' }, true],
    [{ origin: 'null' }, true],
    [{ origin: '' }, true],
    [{ 'sec-fetch-site': 'cross-site' }, true],
    [{ 'sec-fetch-site': 'same-site' }, true],
    [{ 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ origin: 'https://evil.example.com', 'sec-fetch-site': 'same-origin' }, true],
    [{}, false],
    [{ origin: 'http://localhost:7420', host: 'localhost:7420' }, false],
    [{ origin: 'http://localhost:7421', host: 'localhost:7420' }, true],
  ];
  for (const [headers, crossing] of shapes)
    expect({ headers, crossing: isCrossSite('POST', { host: 'hub.example.com', ...headers }, hub) }).toEqual({
      headers,
      crossing,
    });
});

test('looking is allowed from anywhere, and a token cannot be sent by another site’s page', () => {
  const headers = { origin: 'https://evil.example.com', host: 'hub.example.com' };
  expect(isCrossSite('GET', headers, hub)).toBe(false);
  expect(isCrossSite('DELETE', headers, hub)).toBe(true);
  expect(isCrossSite('DELETE', { ...headers, authorization: 'Bearer x' }, hub)).toBe(false);
});
