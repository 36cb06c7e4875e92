import { expect, test } from 'vitest';
import { pinMark, readPinMark } from './pin-mark.ts';

test('the comment of a pin names the rollback and the shared file, and is read back', () => {
  const mark = pinMark({ target: 'a'.repeat(40), shared: 'environments/production/variables.yaml' });
  expect(mark).toBe(
    '# knowngood pin: rollback to aaaaaaaa keeps what environments/production/variables.yaml said then',
  );
  const read = { target: 'aaaaaaaa', shared: 'environments/production/variables.yaml' };
  expect(readPinMark(`LEVEL: info ${mark}`)).toEqual(read);
  expect(readPinMark(`LEVEL: info ${mark}\r`)).toEqual(read);
});

test('a file name cannot end the line', () => {
  expect(pinMark({ target: 'b'.repeat(40), shared: 'a\nEVIL: 1' })).not.toContain('\n');
});

test('other comments are no pins', () => {
  expect(readPinMark('LEVEL: info # pinned by jane')).toBeUndefined();
  expect(readPinMark('LEVEL: info')).toBeUndefined();
});
