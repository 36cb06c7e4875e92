import { expect, test } from 'vitest';
import { selectFolder } from './select-folder.ts';

test('a folder is everything below it, and nothing beside it', () => {
  const select = selectFolder('./apps/api/');
  expect([
    select.file('apps/api/a.yaml'),
    select.file('apps/api-2/a.yaml'),
    select.file('apps/a.yaml'),
  ]).toEqual([true, false, false]);
  expect([
    select.folder('apps'),
    select.folder('apps/api'),
    select.folder('apps/api/base'),
    select.folder('apps/web'),
  ]).toEqual(['some', 'all', 'all', 'none']);
});

test.for(['', '.', './'])('the folder "%s" is the whole repository', (path) => {
  expect(selectFolder(path).file('anything.yaml')).toBe(true);
});
