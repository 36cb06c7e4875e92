import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A picture as rows of pixels: three bytes each, red, green and blue. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Buffer): readonly Chunk[] {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('this is no PNG');
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

const headerOf = (chunks: readonly Chunk[]): Buffer => {
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (header?.length !== 13) throw new Error('this PNG has no header');
  return header;
};

/** Width and height of a PNG, in pixels. */
export function pngSize(png: Buffer): readonly [width: number, height: number] {
  const header = headerOf(chunksOf(png));
  return [header.readUInt32BE(0), header.readUInt32BE(4)];
}

/** What stands to the left, above, and above to the left; the predictor that PNG calls Paeth. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  return filter === 4 ? paeth(left, above, corner) : 0;
}

/** Reads what browsers write: eight bits a channel, with or without opacity, which is left out; not interlaced. */
export function readPng(png: Buffer): Pixels {
  const chunks = chunksOf(png);
  const header = headerOf(chunks);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colour, , , interlaced] = header.subarray(8);
  if (depth !== 8 || (colour !== 2 && colour !== 6) || interlaced !== 0)
    throw new Error('only plain RGB pictures are read');
  const channels = colour === 6 ? 4 : 3;
  const raw = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)),
  );
  const stride = width * channels;
  const bytes = new Uint8Array(stride * height);
  const at = (row: number, column: number): number =>
    row < 0 || column < 0 ? 0 : (bytes[row * stride + column] ?? 0);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)] ?? 0;
    for (let column = 0; column < stride; column++) {
      const before = column - channels;
      const guess = predicted(
        filter,
        at(row, before),
        at(row - 1, column),
        before < 0 ? 0 : at(row - 1, before),
      );
      bytes[row * stride + column] = (raw[row * (stride + 1) + 1 + column] ?? 0) + guess;
    }
  }
  if (channels === 3) return { width, height, rgb: bytes };
  return { width, height, rgb: bytes.filter((_, index) => index % 4 !== 3) };
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** A picture of at most 256 colours: `palette` has three bytes for each, `indexes` one for each pixel. */
export interface IndexedPixels {
  readonly width: number;
  readonly height: number;
  readonly palette: Uint8Array;
  readonly indexes: Uint8Array;
}

/** Writes a PNG of one byte a pixel. */
export function writeIndexedPng({ width, height, palette, indexes }: IndexedPixels): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row++)
    rows.set(indexes.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}
