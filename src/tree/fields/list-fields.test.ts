import { expect, test } from 'vitest';
import { listFields } from './list-fields.ts';

test('every field is listed, each before what it holds, and says whether it is a mapping', () => {
  const list = listFields('image: { tag: v1 }\nenv:\n  - name: A\n    value: 1\n');
  expect(list).toEqual({
    kind: 'fields',
    fields: [
      { address: '#', short: '.', map: true },
      { address: '#/image', short: 'image', map: true },
      { address: '#/image/tag', short: 'image.tag', map: false },
      { address: '#/env', short: 'env', map: false },
      { address: '#/env/[name=A]', short: 'env[A]', map: true },
      { address: '#/env/[name=A]/name', short: 'env[A].name', map: false },
      { address: '#/env/[name=A]/value', short: 'env[A].value', map: false },
    ],
  });
});

test('what an alias stands for is listed at its anchor alone', () => {
  const list = listFields('a: &x { b: 1 }\nc: *x\n');
  const addresses = list.kind === 'fields' ? list.fields.map(({ address }) => address) : [];
  expect(addresses).toEqual(['#', '#/a', '#/a/b', '#/c']);
});

test('a file without fields says why', () => {
  expect(listFields('v1\n')).toMatchObject({ kind: 'opaque', reason: expect.stringContaining('plain text') });
});
