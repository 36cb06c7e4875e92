/** How objects of usual size are compressed: zlib's usual tables take longer to set up than such objects to compress. */
export const quick = { level: 1, windowBits: 12, memLevel: 5 };

/** Bytes that one block of a stream can hold as they are. */
const blockLimit = 65_535;

/**
 * A zlib stream (RFC 1950) that holds these bytes as they are. For objects that compressing makes hardly smaller:
 * setting up a compressor takes longer than all the rest of writing them.
 */
export function storedStream(bytes: Buffer): Buffer {
  const blocks = Math.max(1, Math.ceil(bytes.length / blockLimit));
  const stream = Buffer.allocUnsafe(2 + 5 * blocks + bytes.length + 4);
  let at = stream.writeUInt16BE(0x7801, 0);
  for (let from = 0, left = blocks; left > 0; left -= 1) {
    const length = Math.min(blockLimit, bytes.length - from);
    at = stream.writeUInt8(left === 1 ? 1 : 0, at);
    at = stream.writeUInt16LE(length, at);
    at = stream.writeUInt16LE(length ^ 0xffff, at);
    at += bytes.copy(stream, at, from, from + length);
    from += length;
  }
  stream.writeUInt32BE(adler32(bytes), at);
  return stream;
}

/** So many sums of bytes fit before they have to be reduced, as in zlib itself. */
const unreduced = 5552;

function adler32(bytes: Buffer): number {
  let [low, high] = [1, 0];
  for (let from = 0; from < bytes.length; from += unreduced) {
    const end = Math.min(from + unreduced, bytes.length);
    for (let at = from; at < end; at += 1) {
      low += bytes[at] ?? 0;
      high += low;
    }
    low %= 65_521;
    high %= 65_521;
  }
  return high * 65_536 + low;
}
