import { expect, test } from 'vitest';
import { allow, demand, inOrder, refuse } from './verdict.ts';

test('the first No answers, and nothing after it is asked', () => {
  const asked: string[] = [];
  const question = (name: string, yes: boolean) => () => {
    asked.push(name);
    return yes ? allow : refuse('not_visible', { what: name });
  };
  const verdict = inOrder([question('a', true), question('b', false), question('c', false)]);
  expect(verdict.refusal?.message).toBe('b does not exist, or is not visible to you');
  expect(asked).toEqual(['a', 'b']);
  expect(inOrder([])).toBe(allow);
});

test('a demanded No is thrown', () => {
  expect(() => demand(refuse('justification_required'))).toThrow('justification is required');
  expect(() => demand(allow)).not.toThrow();
});
