import { expect, test } from 'vitest';
import { checkpointText } from './audit-checkpoint.ts';

test('every member is in the signed text, on a line of its own', () => {
  const text = checkpointText({ seq: 7, hash: 'ab', at: 12, keyId: 'k' });
  expect(text).toBe('knowngood-checkpoint-1\n7\nab\n12\nk\n');
});
