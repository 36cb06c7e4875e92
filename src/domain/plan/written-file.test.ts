import { expect, test } from 'vitest';
import { sourcesOf, writtenFile } from './written-file.ts';

const blobId = (text: string): string => `id of ${text}`;
const path = 'a.yaml';
const before = { mode: '100644', oid: blobId('a: 1\n') } as const;

test('a file written by field binds its fields, a whole one its content', () => {
  const writing = { path, before, now: 'a: 1\n', text: 'a: 2\n', whole: false };
  const byField = writtenFile(writing, blobId);
  expect(byField && sourcesOf(byField)).toEqual([
    { kind: 'field', address: 'a.yaml#/a', before: 1, after: 2 },
  ]);
  const whole = writtenFile({ ...writing, whole: true }, blobId);
  expect(whole && sourcesOf(whole)).toMatchObject([{ kind: 'file', path, after: { oid: 'id of a: 2\n' } }]);
  expect(whole?.fields).toHaveLength(1);
});

test('a text that is there already is no change, and a file without text goes', () => {
  expect(writtenFile({ path, before, now: 'a: 1\n', text: 'a: 1\n', whole: true }, blobId)).toBeUndefined();
  const gone = writtenFile({ path, before, now: 'a: 1\n', text: undefined, whole: true }, blobId);
  expect(gone).toMatchObject({ edit: { kind: 'delete', path }, file: { change: 'deleted' } });
});
