import { hash as digestOf } from 'node:crypto';
import { isCanonical } from './is-canonical.ts';

/** A row as it stands in an export, with the hash that its own bytes have. */
export interface ExportedRow {
  readonly kind: 'row';
  readonly seq: number;
  readonly prev: string;
  /** The hash that the row claims, and the one that was computed. */
  readonly hash: string;
  readonly computed: string;
}

/** A checkpoint as it stands in an export: row `seq` had this hash at that time (epoch milliseconds). */
export interface ExportedCheckpoint {
  readonly kind: 'checkpoint';
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
  readonly keyId: string;
  readonly signature: string;
}

export type ExportLine = ExportedRow | ExportedCheckpoint;

// The exact form of both kinds of line; whatever differs by a byte was not written by a hub. Of a row, what stands
// around its entry: `}` and the entry itself, which must be an object, are looked at apart.
const rowForm = /^\{"prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})","entry":(?=\{)/;
const checkpointForm =
  /^\{"checkpoint":\{"seq":([1-9]\d{0,14}),"hash":"([0-9a-f]{64})","at":(\d{1,15}),"keyId":"([\w-]{1,64})","signature":"([A-Za-z0-9+/]+={0,2})"\}\}$/;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function seqOf(entry: string): number | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(entry);
  } catch {
    return undefined;
  }
  const seq = typeof parsed === 'object' && parsed !== null && 'seq' in parsed ? parsed.seq : undefined;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1) return undefined;
  // A member that stands there twice would be read one way by one program and another way by the next.
  return isCanonical(parsed, entry) ? seq : undefined;
}

/** What a line of an export says, or undefined when it is not one. */
export function readExportLine(bytes: Uint8Array): ExportLine | undefined {
  const text = textOf(bytes);
  if (text === undefined) return undefined;
  const [row, prev = '', hash = ''] = rowForm.exec(text) ?? [];
  if (row !== undefined && text.endsWith('}}')) {
    const entry = text.slice(row.length, -1);
    const seq = seqOf(entry);
    const hashed = `knowngood-audit-1\n${prev}\n${entry}\n`;
    const computed = digestOf('sha256', hashed, 'hex');
    return seq === undefined ? undefined : { kind: 'row', seq, prev, hash, computed };
  }
  const [checkpoint, seq, signed = '', at, keyId = '', signature = ''] = checkpointForm.exec(text) ?? [];
  if (checkpoint === undefined) return undefined;
  return { kind: 'checkpoint', seq: Number(seq), hash: signed, at: Number(at), keyId, signature };
}
