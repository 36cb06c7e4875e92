import { type KeyObject, createHash, generateKeyPairSync, sign } from 'node:crypto';
import { auditBeginning, auditChainText } from '../domain/audit/audit-chain.ts';
import { checkpointText } from '../domain/audit/audit-checkpoint.ts';
import type { AuditDraft, AuditRow } from '../domain/audit/audit-entry.ts';
import { auditExportLine, checkpointExportLine } from '../domain/audit/audit-export-line.ts';
import { keyIdOf, signingKeys } from './signing-keys.ts';
import { type ExportReport, verifyExport } from './verify-export.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A key pair as a hub has one. */
export const makeKey = () => generateKeyPairSync('ed25519');
export const hubKey = makeKey();

/** Rows as a hub writes them, one for each details. */
export function chainOf(details: readonly AuditDraft['details'][], action = 'request.noted'): AuditRow[] {
  const rows: AuditRow[] = [];
  for (const [index, each] of details.entries()) {
    const prev = rows.at(-1)?.hash ?? auditBeginning;
    const entry = {
      seq: index + 1,
      at: 1_750_000_000_000 + index,
      actor: {
        personId: 'usr_1',
        accountId: 'usr_1',
        name: 'Jane Dœ',
        email: 'jane@example.com',
        credential: { kind: 'session', id: 'ses_1' },
      },
      action: action as AuditDraft['action'],
      object: { type: 'request', id: 'rbk-1' },
      projectId: index % 2 === 0 ? 'prj_1' : undefined,
      requestId: undefined,
      flags: [],
      details: each,
    } as const;
    rows.push({ entry, prev, hash: hash(auditChainText(prev, entry)) });
  }
  return rows;
}

/** The line of a checkpoint behind a row, signed. */
export function checkpointLine({ entry: { seq }, hash }: AuditRow, key = hubKey): string {
  const statement = { seq, hash, at: 1_750_000_100_000, keyId: keyIdOf(key.publicKey) };
  const signature = sign(null, Buffer.from(checkpointText(statement)), key.privateKey).toString('base64');
  return checkpointExportLine({ ...statement, signature });
}

/** The lines of an export as a hub writes it, with a checkpoint after every third row and after the last. */
export const exportOf = (rows: readonly AuditRow[], key = hubKey): string[] =>
  rows.flatMap((row, index) => [
    auditExportLine(row),
    ...(index % 3 === 2 || index === rows.length - 1 ? [checkpointLine(row, key)] : []),
  ]);

export interface CheckedExport {
  readonly checkpoints?: string | undefined;
  readonly keys?: readonly KeyObject[];
  /** Bytes that come at once. */
  readonly atOnce?: number;
}

/** What the verifier says of a text, which it gets in pieces of some bytes. */
export function check(
  text: string | Uint8Array,
  { checkpoints, keys = [], atOnce = 1000 }: CheckedExport = {},
) {
  const named = (name: string, content: string | Uint8Array) => ({ name, bytes: pieces(content, atOnce) });
  return verifyExport({
    parts: [named('log', text)],
    checkpoints: checkpoints === undefined ? undefined : named('kept', checkpoints),
    keys: signingKeys(keys),
  });
}

async function* pieces(content: string | Uint8Array, atOnce: number): AsyncGenerator<Uint8Array, void> {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += atOnce) yield bytes.subarray(at, at + atOnce);
}

export const faultText = ({ fault }: ExportReport): string | undefined =>
  fault && `row ${fault.seq} ${fault.reason}`;
