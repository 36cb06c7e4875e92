import { hash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { invariant } from '../std/invariant.ts';
import type { EncodedObject, ObjectType } from './encoded-object.ts';
import { quick, storedStream } from './stored-stream.ts';

/** A pack with its index, as files of Git hold them. */
export interface EncodedPack {
  /** 40 hexadecimal digits, which name both files. */
  readonly name: string;
  readonly pack: Buffer;
  readonly index: Buffer;
}

const typeNumbers: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };

/** Offsets of the index have 31 bits, and all of it is in memory. */
const largest = 2 ** 30;

/** Bytes from which on an object is compressed all the same: about a thousand names of a tree, a long message. */
const plainLimits: Readonly<Partial<Record<ObjectType, number>>> = { tree: 32_768, commit: 4096 };

interface Packed {
  readonly oid: string;
  readonly offset: number;
  readonly crc: number;
}

/** Packs objects, each whole and once. Throws an invariant above a gigabyte. */
export function encodePack(objects: readonly EncodedObject[]): EncodedPack {
  const head = Buffer.alloc(12);
  head.write('PACK', 'latin1');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(objects.length, 8);
  const parts: Buffer[] = [head];
  const packed: Packed[] = [];
  let offset = head.length;
  for (const { oid, type, content } of objects) {
    const entry = Buffer.concat([entryHead(type, content.length), streamOf(type, content)]);
    packed.push({ oid, offset, crc: crc32(entry) });
    parts.push(entry);
    offset += entry.length;
  }
  invariant(offset < largest, 'a pack of ours is no larger than a gigabyte');
  const content = Buffer.concat(parts);
  const sum = hash('sha1', content, 'buffer');
  const index = encodeIndex(packed, sum);
  return { name: sum.toString('hex'), pack: Buffer.concat([content, sum]), index };
}

/** Most of a tree are ids, which do not compress, and gc makes deltas of trees; a commit is small. */
function streamOf(type: ObjectType, content: Buffer): Buffer {
  if (content.length < (plainLimits[type] ?? 0)) return storedStream(content);
  return deflateSync(content, content.length < 65_536 ? quick : { level: 1 });
}

/** The type, and the size in groups of seven bits, the lowest (of four bits) first. */
function entryHead(type: ObjectType, size: number): Buffer {
  const bytes = [(typeNumbers[type] << 4) | (size & 0x0f)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push((bytes.pop() ?? 0) | 0x80);
    bytes.push(rest & 0x7f);
  }
  return Buffer.from(bytes);
}

/** Version 2: how many ids begin with each byte or a lower one, ids in order, checksums, offsets, and two sums. */
function encodeIndex(packed: readonly Packed[], packSum: Buffer): Buffer {
  const rows = packed.toSorted((a, b) => (a.oid < b.oid ? -1 : 1));
  const count = rows.length;
  const index = Buffer.alloc(8 + 1024 + count * 28);
  index.writeUInt32BE(0xff744f63, 0);
  index.writeUInt32BE(2, 4);
  let at = 8;
  let below = 0;
  for (let first = 0; first < 256; first += 1) {
    while (below < count && Number.parseInt(rows[below]?.oid.slice(0, 2) ?? '', 16) <= first) below += 1;
    at = index.writeUInt32BE(below, at);
  }
  for (const { oid } of rows) at += index.write(oid, at, 'hex');
  for (const { crc } of rows) at = index.writeUInt32BE(crc, at);
  for (const { offset } of rows) at = index.writeUInt32BE(offset, at);
  const body = Buffer.concat([index, packSum]);
  return Buffer.concat([body, hash('sha1', body, 'buffer')]);
}
