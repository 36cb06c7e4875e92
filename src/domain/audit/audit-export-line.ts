import { auditEntryText } from './audit-chain.ts';
import type { CheckpointStatement } from './audit-checkpoint.ts';
import type { AuditRow } from './audit-entry.ts';

// The form of both lines is documented in docs/audit.md, to the byte: others cut them up without a JSON parser.

/** One row of the log as a line of an export: what was hashed stands in it byte for byte. */
export const auditExportLine = ({ entry, prev, hash }: AuditRow): string =>
  `{"prev":${JSON.stringify(prev)},"hash":${JSON.stringify(hash)},"entry":${auditEntryText(entry)}}\n`;

/** A checkpoint as a line of an export, right after the line of its row. */
export function checkpointExportLine({
  seq,
  hash,
  at,
  keyId,
  signature,
}: CheckpointStatement & { readonly signature: string }): string {
  return `${JSON.stringify({ checkpoint: { seq, hash, at, keyId, signature } })}\n`;
}
