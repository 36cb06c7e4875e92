import { expect, test } from 'vitest';
import type { Plan } from '../../../src/contract/plan.ts';
import { movedFiles } from './moved-files.ts';

const field = (file: string, before: string) => ({
  file,
  address: `${file}#image.tag`,
  field: 'image.tag',
  presentBefore: true,
  before,
  presentAfter: true,
  after: 'v1',
  secret: false,
});

const plan = (...fields: readonly ReturnType<typeof field>[]): Pick<Plan, 'services'> => ({
  services: [
    {
      service: 'web',
      files: fields.map(({ file }) => ({ path: file, change: 'modified', before: null, after: null })),
      fields: [...fields],
    },
  ],
});

test('two plans that do the same differ in no file', () => {
  expect(movedFiles(plan(field('a', 'v2')), plan(field('a', 'v2')))).toEqual([]);
});

test('another value, a new file and one that is gone have moved, each once', () => {
  const seen = plan(field('same', 'v2'), field('other value', 'v2'), field('gone', 'v2'));
  const now = plan(field('same', 'v2'), field('other value', 'v3'), field('new', 'v2'));
  expect(movedFiles(seen, now)).toEqual(['gone', 'new', 'other value']);
});
