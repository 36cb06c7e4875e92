import { expect, test } from 'vitest';
import { applyEdits } from './text-edit.ts';

test('edits apply in the order of the text; new text goes before what is taken away at the same place', () => {
  const edits = [
    { start: 4, end: 5, text: 'E' },
    { start: 1, end: 3, text: '' },
    { start: 1, end: 1, text: 'x' },
  ];
  expect(applyEdits('abcdef', edits)).toBe('axdEf');
});

test('an edit that two fields ask for counts once', () => {
  const edit = { start: 1, end: 2, text: 'x' };
  expect(applyEdits('abc', [edit, { ...edit }])).toBe('axc');
});

test('edits that touch the same characters cannot be applied', () => {
  expect(
    applyEdits('abc', [
      { start: 0, end: 2, text: '' },
      { start: 1, end: 3, text: '' },
    ]),
  ).toBeUndefined();
});
