import { expect, test } from 'vitest';
import { Refusal, refusalTable } from './refusal.ts';

test('the texts of the product page are verbatim', () => {
  const texts = Object.values(refusalTable).map(({ message }) => message);
  for (const text of [
    'targetSha is required',
    'rollback request is not pending approval',
    'selected fields cannot be empty for field mode',
    'cannot approve/reject your own rollback request',
    'you have already reviewed this rollback request',
    'approval saved but rollback execution failed',
  ])
    expect(texts).toContain(text);
});

test('facts are filled in', () => {
  const refusal = new Refusal('revision_unknown', { revision: 'abc' });
  expect(refusal.message).toBe('revision abc does not exist; choose one from: knowngood history');
  expect(refusal.kind).toBe('invalid');
});

test('every message is one line that a person can act on', () => {
  const odd = Object.entries(refusalTable).filter(
    ([, { message }]) => /\n|\.$/.test(message) || message.length > 220,
  );
  expect(odd).toEqual([]);
});
