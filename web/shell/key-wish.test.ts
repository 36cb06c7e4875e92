import { expect, test } from 'vitest';
import { keyWish } from './key-wish.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', true>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

test('the palette opens from anywhere, even from a field', () => {
  expect(keyWish(press('k', { ctrlKey: true }), undefined, true)).toEqual({ kind: 'palette' });
  expect(keyWish(press('K', { metaKey: true }), undefined, false)).toEqual({ kind: 'palette' });
});

test('letters in a field are text', () => {
  for (const key of ['?', '/', 'g']) expect(keyWish(press(key), 'g', true)).toBeUndefined();
});

test('g and a letter go to a page, other keys have their own meaning', () => {
  expect(keyWish(press('r'), 'g', false)).toEqual({ kind: 'go', key: 'r' });
  expect(keyWish(press('r'), undefined, false)).toBeUndefined();
  expect(keyWish(press('?'), undefined, false)).toEqual({ kind: 'help' });
  expect(keyWish(press('/'), undefined, false)).toEqual({ kind: 'search' });
  expect(keyWish(press('/', { altKey: true }), undefined, false)).toBeUndefined();
});
