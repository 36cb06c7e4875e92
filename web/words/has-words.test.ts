import { expect, test } from 'vitest';
import { hasWords } from './has-words.ts';

test('words are found in any order and case', () => {
  expect(hasWords('globex / production shop · web', 'PROD glob')).toBe(true);
  expect(hasWords('globex / production', 'globex/prod')).toBe(true);
  expect(hasWords('globex / production', 'globex dev')).toBe(false);
  expect(hasWords('anything', ' ')).toBe(true);
});
