import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storedStream } from './stored-stream.ts';

test('zlib reads back what was stored, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 9_000 }), (bytes) => {
      expect(inflateSync(storedStream(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
    }),
  );
});

test.each([0, 1, 5_552, 5_553, 65_535, 65_536, 131_070, 200_000])(
  '%i of the largest bytes go through blocks and checksum',
  (length) => {
    const bytes = Buffer.alloc(length, 0xff);
    expect(inflateSync(storedStream(bytes)).equals(bytes)).toBe(true);
  },
);

test('a bit that flips is noticed', () => {
  const stream = storedStream(Buffer.from('what was written'));
  stream.writeUInt8(stream.readUInt8(10) ^ 1, 10);
  expect(() => inflateSync(stream)).toThrow('incorrect data check');
});
