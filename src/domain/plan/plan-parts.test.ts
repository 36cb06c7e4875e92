import { expect, test } from 'vitest';
import type { EntryState } from '../../tree/diff-trees.ts';
import { makeLayout } from '../layout/layout.ts';
import { groupByService, isEditable, oddEntryHazards, plannedFile } from './plan-parts.ts';

const at = (oid: string, mode: EntryState['mode'] = '100644'): EntryState => ({ mode, oid });

test.each([
  [undefined, at('1'), 'added'],
  [at('1'), undefined, 'deleted'],
  [at('1'), at('2'), 'modified'],
  [at('1'), at('1', '100755'), 'mode'],
])('a change has its kind: %#', (before, after, change) => {
  expect(plannedFile({ path: 'f', before, after }).change).toBe(change);
});

test('only two regular files of different content can be compared by fields', () => {
  expect(isEditable({ before: at('1'), after: at('2') })).toBe(true);
  expect(isEditable({ before: at('1'), after: at('1', '100755') })).toBe(false);
  expect(isEditable({ before: at('1', '120000'), after: at('2') })).toBe(false);
  expect(isEditable({ before: undefined, after: at('2') })).toBe(false);
});

test('links and submodules are named', () => {
  const files = [at('1', '120000'), at('1', '160000'), at('1')].map((before, index) =>
    plannedFile({ path: `f${index}`, before, after: at('2') }),
  );
  expect(oddEntryHazards(files)[0]?.paths).toEqual(['f0', 'f1']);
  expect(oddEntryHazards(files.slice(2))).toEqual([]);
});

test('services come by name, and what belongs to none comes last', () => {
  const layout = makeLayout([{ path: 'apps/{service}/**' }]);
  const files = ['x', 'apps/web/x', 'apps/api/x'].map((path) =>
    plannedFile({ path, before: at('1'), after: at('2') }),
  );
  expect(groupByService(layout, files).map(({ service }) => service)).toEqual(['api', 'web', null]);
  expect(groupByService(undefined, files)).toHaveLength(1);
});
