import { expect, test } from 'vitest';
import type { EntryState } from '../../tree/diff-trees.ts';
import { undoFile } from './undo-file.ts';

const at = (oid: string, mode: EntryState['mode'] = '100644'): EntryState => ({ mode, oid });
const undone = (found: string | undefined, left: string | undefined, now: string | undefined) => {
  const states = [found, left, now].map((text) => (text === undefined ? undefined : at(text)));
  const texts = new Map(
    [found, left, now].flatMap((text) => (text === undefined ? [] : [[text, text] as const])),
  );
  const { edit, conflicts } = undoFile({ path: 'f', before: states[1], after: states[0] }, states[2], texts);
  return { edit, conflicts: conflicts.map(({ address, reason }) => `${address}: ${reason}`) };
};

test('a file that the commit added is deleted, one that it deleted comes back', () => {
  expect(undone(undefined, 'a: 1', 'a: 1').edit).toEqual({ kind: 'delete', path: 'f' });
  expect(undone('a: 1', undefined, undefined).edit).toEqual({
    kind: 'put',
    path: 'f',
    mode: '100644',
    oid: 'a: 1',
  });
});

test('a file that is gone or was added again by somebody else is a conflict', () => {
  expect(undone('a: 1', 'a: 2', undefined).conflicts).toEqual(['f: deleted since']);
  expect(undone('a: 1', undefined, 'a: 3').conflicts).toEqual(['f: changed again since']);
});

test('a mode that changed since is a conflict', () => {
  const change = { path: 'f', before: at('2'), after: at('1') };
  expect(undoFile(change, at('2', '100755'), new Map()).conflicts).toHaveLength(1);
});

test('a merge that would touch other fields is not taken', () => {
  // Moved by somebody since: line by line it merges, but only the fields decide.
  const outcome = undone('a: 1\nb: 1\nc: 1\n', 'a: 2\nb: 1\nc: 1\n', 'c: 1\nb: 5\na: 2\n');
  expect(outcome.edit).toEqual({ kind: 'write', path: 'f', mode: '100644', text: 'c: 1\nb: 5\na: 1\n' });
});

test('a field that somebody took back already is no conflict', () => {
  const outcome = undone('a: 1\nb: 1\n', 'a: 2\nb: 2\n', 'a: 1\nb: 2\n');
  expect(outcome).toEqual({
    edit: { kind: 'write', path: 'f', mode: '100644', text: 'a: 1\nb: 1\n' },
    conflicts: [],
  });
});

test('a field that changed again stays, and its present value is told unless it is secret', () => {
  const file = (tag: string, password: string, rest: number): string =>
    `kind: Secret\ntag: ${tag}\ndata:\n  password: ${password}\nrest: ${rest}\n`;
  const outcome = undone(file('v1', 'a', 1), file('v2', 'b', 2), file('v3', 'hunter2', 2));
  expect(outcome).toEqual({
    edit: { kind: 'write', path: 'f', mode: '100644', text: file('v3', 'hunter2', 1) },
    conflicts: ['f#/tag: changed again since, to v3', 'f#/data/password: changed again since'],
  });
  expect(undone('a: 1\nb: 1\n', 'a: 2\nb: 2\n', 'b: 2\n').conflicts).toEqual(['f#/a: removed since']);
});
