import { expect, test } from 'vitest';
import { limitText, requireText, textLimits } from './text-limits.ts';

test.each(['', ' ', '\t\n', '\u200b', '\u2028', '\u202e\ufeff', undefined])('%j says nothing', (text) => {
  expect(requireText('justification', text).refusal?.message).toBe('justification is required');
  expect(requireText('note', text).refusal?.message).toBe('note is required');
});

test('a text may be as long as its limit and no longer', () => {
  const longest = 'x'.repeat(textLimits.justification);
  expect(requireText('justification', longest).allowed).toBe(true);
  expect(requireText('justification', `${longest}x`).refusal?.message).toBe(
    'justification is longer than 4096 characters',
  );
  expect(limitText('comment', '').allowed).toBe(true);
});

test('a text with a NUL character is refused with its name', () => {
  expect(limitText('comment', 'a\0b').refusal?.message).toBe('comment holds a NUL character');
  expect(requireText('justification', 'a\0b').refusal?.code).toBe('input_invalid');
});
