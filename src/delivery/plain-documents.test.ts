import { expect, test } from 'vitest';
import { plainDocuments } from './plain-documents.ts';

test('documents are read as they stand, and what is empty has none', () => {
  expect(plainDocuments('a.yaml', 'a: 0644\n---\nb: "{{hq.var.X}}"\n')).toEqual([
    { a: expect.anything() as unknown },
    { b: '{{hq.var.X}}' },
  ]);
  expect(plainDocuments('a.yaml', '# nothing\n---\n\n')).toEqual([]);
});

test('what is no YAML is refused with its file', () => {
  expect(() => plainDocuments('a.yaml', 'a: [\n')).toThrow(/^a\.yaml:1: /);
});
