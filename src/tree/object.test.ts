import { expect, test } from 'vitest';
import type { Mode } from './object.ts';
import { isFolder, isRegularFile } from './object.ts';

test('of the five entry modes two are regular files and one is a folder', () => {
  const modes: readonly Mode[] = ['100644', '100755', '120000', '160000', '040000'];
  expect(modes.filter(isRegularFile)).toEqual(['100644', '100755']);
  expect(modes.filter(isFolder)).toEqual(['040000']);
});
