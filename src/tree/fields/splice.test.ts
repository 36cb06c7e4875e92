import { expect, test } from 'vitest';
import { changedFields } from './changes.ts';
import { spliceFields } from './splice.ts';

const addressesOf = (before: string, after: string): string[] => {
  const found = changedFields(before, after);
  return found.kind === 'fields' ? found.changes.map(({ address }) => address) : [];
};

const current = `a: 1
image:
  tag: v2 # {"$imagepolicy": "flux:app"}
resources:
- https://github.com/o/r?ref=abc
- d
`;
const target = `a: 1
image:
  tag: "v1"
env:
# what to log
- name: LOG_LEVEL
  value: x
resources:
- https://github.com/o/r?ref=def
`;

test('a scalar takes the quotes of the target and keeps its own comment', () => {
  expect(spliceFields(current, target, ['#/image/tag'])).toEqual({
    kind: 'text',
    text: current.replace('tag: v2', 'tag: "v1"'),
  });
});

test('all changed fields together say what the target says', () => {
  const result = spliceFields(current, target, addressesOf(current, target));
  expect(result.kind === 'text' && addressesOf(result.text, target)).toEqual([]);
});

test('a field that neither text has is refused by name', () => {
  expect(spliceFields(current, target, ['#/nope', '#/a'])).toEqual({
    kind: 'refused',
    refusals: [
      { address: '#/nope', reason: 'neither the present text nor the one gone back to has this field' },
    ],
  });
});
