import { expect, test } from 'vitest';
import { shortText, shownAddress } from './hazard-text.ts';

test('a long text is cut, and not through the middle of a character', () => {
  expect(shortText('x'.repeat(200))).toBe('x'.repeat(200));
  expect(shortText('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
  expect(shortText(`${'x'.repeat(198)}😀${'x'.repeat(9)}`).isWellFormed()).toBe(true);
});

test.each([
  ['https://charts.example.com/stable/', 'https://charts.example.com/stable/'],
  ['ghcr.io/acme/charts', 'ghcr.io/acme/charts'],
  ['oci://ghcr.io/acme', 'oci://ghcr.io/acme'],
  ['https://jane:canary@charts.example.com/a', 'https://…@charts.example.com/a'],
  ['https://canary@charts.example.com', 'https://…@charts.example.com'],
  ['https://jane:canary/x?y#z@charts.example.com', 'https://…@charts.example.com'],
  ['jane:canary@charts.example.com//a', '…@charts.example.com//a'],
  ['https://jane:canary@canary@charts.example.com', 'https://…@charts.example.com'],
  ['https://charts.example.com/a?token=canary', 'https://charts.example.com/a'],
  ['https://charts.example.com#canary', 'https://charts.example.com'],
])('%s is shown as %s', (address, shown) => {
  expect(shownAddress(address)).toBe(shown);
});

test('an address of any length is shown short', () => {
  expect(shownAddress(`https://a${'/@'.repeat(512 * 1024)}b`)).toBe('https://…@b');
  expect(shownAddress(`https://a${'/'.repeat(1024 ** 2)}`)).toHaveLength(200);
});
