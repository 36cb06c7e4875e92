import { assert, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { decodeName, encodeName } from './name-bytes.ts';

test('any bytes survive the way to text and back', () => {
  assert(
    property(uint8Array({ maxLength: 40 }), (bytes) => {
      expect([...encodeName(decodeName(bytes))]).toEqual([...bytes]);
    }),
  );
});

test('UTF-8 is read as it is and a stray byte becomes a lone surrogate', () => {
  expect(decodeName(Buffer.from('Grüße 🎉\ufeff'))).toBe('Grüße 🎉\ufeff');
  expect(decodeName(Buffer.from([0x61, 0xff, 0xc3, 0x62, 0xc3, 0xa9]))).toBe('a\udcff\udcc3bé');
  // a surrogate written as UTF-8 and an overlong slash are not UTF-8
  expect(decodeName(Buffer.from([0xed, 0xb2, 0x80, 0xc0, 0xaf]))).toBe('\udced\udcb2\udc80\udcc0\udcaf');
});
