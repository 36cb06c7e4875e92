import { expect, test } from 'vitest';
import { imagesIn, imagesLabel, longestImages } from './running-images.ts';

test('images stand between commas; an agent that tells none has none', () => {
  expect(imagesIn({ [imagesLabel]: 'ghcr.io/shop/api:v1,envoy:v2' })).toEqual([
    'ghcr.io/shop/api:v1',
    'envoy:v2',
  ]);
  expect(imagesIn({ [imagesLabel]: '' })).toEqual([]);
  expect(imagesIn({ app: 'api' })).toEqual([]);
});

test('half of a name is no image', () => {
  const cut = `api:v1,${'x'.repeat(longestImages)}`.slice(0, longestImages);
  expect(imagesIn({ [imagesLabel]: cut })).toEqual(['api:v1']);
});
