import { expect, test } from 'vitest';
import { findPins } from './find-pins.ts';

const mark = '# knowngood pin: rollback to aaaaaaaa keeps what variables.yaml said then';
const said = { target: 'aaaaaaaa', shared: 'variables.yaml' };

test('marked lines are pins, with their value and place', () => {
  expect(findPins(`OWN: 1\nA: x ${mark}\nB: { secretRef: { name: db, key: k } } ${mark}\n`)).toEqual([
    { ...said, address: '#/A', name: 'A', value: 'x', line: 2 },
    { ...said, address: '#/B', name: 'B', value: { secretRef: { name: 'db', key: 'k' } }, line: 3 },
  ]);
  expect(findPins(`A: x ${mark}\n`)).toMatchObject([{ address: '#/A', value: 'x' }]);
});

test('the words of the comment inside of a text or behind nothing are no pin', () => {
  expect(findPins(`A: |\n  x ${mark}\n`)).toEqual([]);
  expect(findPins(`${mark}\nA: 1\n`)).toEqual([]);
  expect(findPins('A: 1 # knowngood pin: somehow\n')).toEqual([]);
  expect(findPins(`A: [ ${mark}\n`)).toEqual([]);
});
