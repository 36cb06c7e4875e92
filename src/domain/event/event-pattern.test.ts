import { expect, test } from 'vitest';
import { hearsEvent } from './event-pattern.ts';

test('a pattern stands for one event, for those of one kind of thing, or for all', () => {
  expect(hearsEvent(['request.failed'], 'request.failed')).toBe(true);
  expect(hearsEvent(['request.failed'], 'request.completed')).toBe(false);
  expect(hearsEvent(['policy.changed', 'request.*'], 'request.completed')).toBe(true);
  expect(hearsEvent(['request.*'], 'break_glass.opened')).toBe(false);
  expect(hearsEvent(['*'], 'break_glass.opened')).toBe(true);
  expect(hearsEvent([], 'request.completed')).toBe(false);
});

test('nobody hears of the test events and repetitions of a webhook', () => {
  expect(hearsEvent(['*', 'webhook.*', 'webhook.pinged'], 'webhook.pinged')).toBe(false);
  expect(hearsEvent(['*', 'webhook.redelivered'], 'webhook.redelivered')).toBe(false);
  expect(hearsEvent(['webhook.*'], 'webhook.changed')).toBe(true);
});
