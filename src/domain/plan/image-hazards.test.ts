import { expect, test } from 'vitest';
import { imageHazards } from './image-hazards.ts';

const asked = (image: string, found: 'there' | 'missing' | 'unknown', reason?: string) => ({
  image: `ghcr.io/shop/${image}`,
  registry: 'ghcr.io',
  found,
  reason,
});

test('each missing image is a hazard, none of them blocks, and what is there is not spoken of', () => {
  const images = [asked('a:v1', 'missing'), asked('b:v1', 'there'), asked('c:v1', 'missing')];
  expect(imageHazards(images)).toEqual([
    {
      code: 'image_missing',
      message:
        'ghcr.io/shop/a:v1 is missing: ghcr.io shows no such image, so that no new pod could start with it',
      blocking: false,
      paths: [],
    },
    expect.objectContaining({ code: 'image_missing', message: expect.stringContaining('shop/c:v1') }),
  ]);
  expect(imageHazards([asked('b:v1', 'there')])).toEqual([]);
});

test('all that is unknown is one hazard that says why and counts the rest', () => {
  const images = Array.from({ length: 6 }, (_, index) => asked(`a:v${index}`, 'unknown', 'answered 500'));
  const [only, ...others] = imageHazards(images, 3);
  expect(others).toEqual([]);
  expect(only?.code).toBe('image_unknown');
  expect(only?.message).toMatch(
    /^unknown whether these images are still there: ghcr\.io\/shop\/a:v0 \(ghcr\.io answered 500\), .*a:v4 \(ghcr\.io answered 500\), 4 more$/,
  );
  expect(imageHazards(images.slice(0, 1))[0]?.message).not.toContain('more');
});

test('a name of any length is cut', () => {
  const long = 'x'.repeat(1024 ** 2);
  const both = (['missing', 'unknown'] as const).map((found) => ({
    image: `${long}/api:v1`,
    registry: long,
    found,
  }));
  const messages = imageHazards(both).map(({ message }) => message);
  expect(messages).toHaveLength(2);
  for (const message of messages) expect(message.length).toBeLessThan(600);
});
