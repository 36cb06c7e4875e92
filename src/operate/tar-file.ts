import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/** A file in an archive, with the SHA-256 of its content in hexadecimal. */
export interface TarEntry {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

/** An archive that stock tar can read, too. */
export interface TarWriter {
  readonly addFile: (name: string, path: string) => Promise<TarEntry>;
  readonly addText: (name: string, text: string) => Promise<void>;
  /** Has all of it on the disk. */
  readonly finish: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const block = 512;
const piece = 1024 * 1024;

/** Begins an archive that nobody but its owner can read, at a path where nothing is. */
export async function openTarWriter(path: string): Promise<TarWriter> {
  const file = await open(path, 'wx', 0o600);
  const pad = async (size: number): Promise<void> => {
    const rest = size % block;
    if (rest > 0) await file.write(Buffer.alloc(block - rest));
  };
  return {
    addFile: async (name, from) => {
      const source = await open(from, 'r');
      try {
        const { size } = await source.stat();
        await file.write(headerOf(name, size));
        const hash = createHash('sha256');
        await copy(source, { from: 0, size }, async (bytes) => {
          hash.update(bytes);
          await file.write(bytes);
        });
        await pad(size);
        return { name, size, sha256: hash.digest('hex') };
      } finally {
        await source.close();
      }
    },
    addText: async (name, text) => {
      const bytes = Buffer.from(text);
      await file.write(headerOf(name, bytes.length));
      await file.write(bytes);
      await pad(bytes.length);
    },
    finish: async () => {
      await file.write(Buffer.alloc(2 * block));
      await file.sync();
    },
    close: () => file.close(),
  };
}

/** Hands over each file of an archive in turn; its content can be read until the next one. Throws `TarError`. */
export async function* readTar(path: string): AsyncGenerator<TarFile> {
  const file = await open(path, 'r');
  try {
    const { size: whole } = await file.stat();
    for (let at = 0; ;) {
      const header = Buffer.alloc(block);
      const { bytesRead } = await file.read(header, 0, block, at);
      if (bytesRead < block) throw new TarError('it ends in the middle');
      if (header.every((byte) => byte === 0)) return;
      const { name, size } = readHeader(header);
      const from = at + block;
      if (from + size > whole) throw new TarError('it ends in the middle');
      yield { name, size, copyTo: (to) => copy(file, { from, size }, to) };
      at = from + Math.ceil(size / block) * block;
    }
  } finally {
    await file.close();
  }
}

export interface TarFile {
  readonly name: string;
  readonly size: number;
  /** Hands the content over, piece by piece. */
  readonly copyTo: (to: (bytes: Uint8Array) => Promise<unknown>) => Promise<void>;
}

/** Not an archive, or not all of one. */
export class TarError extends Error {}

async function copy(
  file: FileHandle,
  { from, size }: { readonly from: number; readonly size: number },
  to: (bytes: Uint8Array) => Promise<unknown>,
): Promise<void> {
  for (let done = 0; done < size;) {
    // New for each piece: whoever gets it may keep it.
    const bytes = Buffer.alloc(Math.min(piece, size - done));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from + done);
    if (bytesRead === 0) throw new TarError('it ends in the middle');
    await to(bytes.subarray(0, bytesRead));
    done += bytesRead;
  }
}

/** Sizes from here on do not fit into the eleven octal digits of the format. */
const octalLimit = 8 ** 11;

function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(block);
  header.write(name, 0, 100, 'latin1');
  header.write('0000600\x000000000\x000000000\0', 100, 'latin1');
  if (size < octalLimit) header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  else {
    // As GNU tar has it: a set first bit, then the number.
    header.writeUInt8(0x80, 124);
    header.writeBigUInt64BE(BigInt(size), 128);
  }
  header.write('00000000000\0', 136, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** The sum of all bytes, those of the sum itself as spaces. */
function checksumOf(header: Buffer): number {
  let sum = 0;
  for (const [at, byte] of header.entries()) sum += at >= 148 && at < 156 ? 32 : byte;
  return sum;
}

function readHeader(header: Buffer): Pick<TarEntry, 'name' | 'size'> {
  const text = (from: number, length: number): string =>
    header.toString('latin1', from, from + length).replace(/[\0 ][^]*$/, '');
  if (parseInt(text(148, 8), 8) !== checksumOf(header)) throw new TarError('it is no backup of ours');
  const wide = header.readUInt8(124) === 0x80;
  const size = wide ? Number(header.readBigUInt64BE(128)) : parseInt(text(124, 12), 8);
  if (!Number.isSafeInteger(size)) throw new TarError('it is no backup of ours');
  return { name: text(0, 100), size };
}
