import { expect, test } from 'vitest';
import { wakes } from './wakes.ts';

test('a nudge reaches those who listen to its topic, until they stop', () => {
  const { wake, onWake } = wakes();
  const heard: string[] = [];
  const stop = onWake('index', () => heard.push('one'));
  onWake('index', () => heard.push('two'));
  onWake('outbox', () => heard.push('three'));
  wake('index');
  stop();
  wake('index');
  expect(heard).toEqual(['one', 'two', 'two']);
});
