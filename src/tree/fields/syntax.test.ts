import { Parser, type CST } from 'yaml';
import { expect, test } from 'vitest';
import { endOfBlockScalar, ownItems, placeOfEntry, placeOfItem, valuePlace } from './syntax.ts';

function valueIn(text: string): CST.Token | undefined {
  for (const token of new Parser().parse(text)) if (token.type === 'document') return token.value;
  return undefined;
}

const itemsIn = (text: string): readonly CST.CollectionItem[] => {
  const token = valueIn(text);
  return token && 'items' in token ? ownItems(token) : [];
};

test.each([
  ['a: 1\n# c\n\nb: 2\n', 2],
  ['- a\n# c\n\n-\n', 2],
  ['{a, b: 1, # c\n}', 2],
  ['[a, [b],\n]', 2],
  ['? a\n? b\n: 1\n', 2],
  ['{}', 0],
])('the items of %j are counted without loose comments', (text, count) => {
  expect(itemsIn(text)).toHaveLength(count);
});

test.each([
  { text: 'key:  &x v # c', start: 0, mark: 4, valueStart: 6, marked: true },
  { text: 'key: # c', start: 0, mark: 4, valueStart: 4, marked: true },
  { text: '? key\n: v', start: 0, mark: 7, valueStart: 8, marked: true },
  { text: '!t key: v', start: 0, mark: 7, valueStart: 8, marked: true },
  { text: '{key}', start: 1, mark: 4, valueStart: 4, marked: false },
  { text: ': v', start: 0, mark: 1, valueStart: 2, marked: true },
])('the entry of $text has its places', ({ text, ...places }) => {
  const [item] = itemsIn(text);
  expect(item && placeOfEntry(item, text.length)).toMatchObject(places);
});

test.each([
  ['-  !t v', 0, 1, 3],
  ['-', 0, 1, 1],
  ['[ v]', 2, 2, 2],
])('the item of %j has its places', (text, start, mark, valueStart) => {
  const [item] = itemsIn(text);
  expect(item && placeOfItem(item, text.length)).toMatchObject({ start, mark, valueStart });
});

test('a value that is not written ends with its properties', () => {
  const anchor = { type: 'anchor', offset: 3, indent: 0, source: '&x' } as const;
  expect(valuePlace(2, [anchor], {}, 99)).toEqual({ mark: 2, valueStart: 3, valueEnd: 5 });
  expect(valuePlace(2, [], {}, 99)).toEqual({ mark: 2, valueStart: 2, valueEnd: 2 });
});

test.each([
  ['|\n  x\n', '|\n  x'],
  ['|\n  x\n\n\n', '|\n  x'],
  ['|+\n  x\n\n', '|+\n  x\n'],
  ['|\n  x\n     \n\n', '|\n  x\n     '],
  ['| # c\n', '| # c'],
  ['|\n\n\n', '|'],
  ['>-\r\n  x\r\n\r\n', '>-\r\n  x'],
])('the block scalar %j ends behind its text', (text, own) => {
  const [item] = itemsIn(`- ${text}`);
  const token = item?.value?.type === 'block-scalar' ? item.value : undefined;
  expect(token && `- ${text}`.slice(2, endOfBlockScalar(token))).toBe(own);
});
