import { expect, test } from 'vitest';
import {
  isCategoryWord,
  isPlainName,
  isSharedWord,
  isWrapperWord,
  rootHint,
  serviceLikeness,
} from './folder-words.ts';

test('bases and parts of a whole are told from things', () => {
  for (const name of ['base', 'Common', 'empty-base', 'base-snapshot', '.github', '_lib', 'templates'])
    expect(isSharedWord(name)).toBe(true);
  for (const name of ['api', 'database', 'acme', 'basement']) expect(isSharedWord(name)).toBe(false);
});

test('wrappers, kinds of things and hints are read off the name of a folder', () => {
  expect([isWrapperWord('overlays'), isWrapperWord('api')]).toEqual([true, false]);
  expect([isCategoryWord('infrastructure'), isCategoryWord('api')]).toEqual([true, false]);
  expect(['tenants', 'Apps', 'x', undefined].map(rootHint)).toEqual([
    'tenant',
    'service',
    undefined,
    undefined,
  ]);
});

test('names are as like services as their words are', () => {
  expect(serviceLikeness(['api', 'web-frontend', 'acme', 'globex'])).toBe(0.5);
  expect(serviceLikeness([])).toBe(0);
});

test('a name that a template or a terminal would misread is not plain', () => {
  for (const name of ['{tenant}', '**', '..', '.', 'a\nb', '\u001b[2J', '\udc80', 'a b', 'x\u202ey'])
    expect(isPlainName(name)).toBe(false);
  for (const name of ['a', '-x', 'a|b', 'ünï', '.github']) expect(isPlainName(name)).toBe(true);
});
