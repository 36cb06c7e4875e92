import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { sealWith } from './seal.ts';

const seal = sealWith(randomBytes(32));

test('a sealed text opens again, looks different each time and never shows the text', () => {
  const [one, two] = [seal.close('hunter2', 'prj_1'), seal.close('hunter2', 'prj_1')];
  expect(seal.open(one, 'prj_1')).toBe('hunter2');
  expect(one).not.toBe(two);
  expect(Buffer.from(one.slice(3), 'base64').includes('hunter2')).toBe(false);
});

test('it opens neither under another name, nor with another key, nor when one bit of it was changed', () => {
  const sealed = seal.close('hunter2', 'prj_1');
  const bytes = Buffer.from(sealed.slice(3), 'base64');
  bytes[14] = (bytes[14] ?? 0) ^ 1;
  const refused = 'the sealed secret of';
  expect(() => seal.open(sealed, 'prj_2')).toThrow(refused);
  expect(() => sealWith(randomBytes(32)).open(sealed, 'prj_1')).toThrow(refused);
  expect(() => seal.open(`v1:${bytes.toString('base64')}`, 'prj_1')).toThrow(refused);
  expect(() => seal.open('', 'prj_1')).toThrow(refused);
});
