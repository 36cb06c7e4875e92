import { expect, test } from 'vitest';
import type { Goodness } from '../deployment/known-good.ts';
import { chooseTarget } from './choose-target.ts';

const row = (revision: string, goodness: Goodness = 'unknown') => ({
  revision,
  standing: { goodness, reason: `${revision} is ${goodness}` },
});

test('without evidence it is the state before the last change, and that is thin', () => {
  expect(chooseTarget([row('c'), row('b'), row('a')])).toEqual({
    revision: 'b',
    thin: true,
    evidence: [{ kind: 'before_last_change', text: 'it is the state before the last change; b is unknown' }],
  });
});

test('the newest that is known to be good is chosen, with what says so; the present one never is', () => {
  const history = [row('d', 'good'), row('c'), row('b', 'good'), row('a', 'good')];
  expect(chooseTarget(history)).toEqual({
    revision: 'b',
    thin: false,
    evidence: [{ kind: 'known_good', text: 'b is good' }],
  });
});

test('what is known to be bad is never gone back to', () => {
  expect(chooseTarget([row('c'), row('b', 'bad'), row('a')])).toMatchObject({ revision: 'a', thin: true });
  expect(chooseTarget([row('c'), row('b', 'bad')])).toBeUndefined();
});

test('a first deployment has nothing to go back to', () => {
  expect(chooseTarget([row('a')])).toBeUndefined();
  expect(chooseTarget([])).toBeUndefined();
});
