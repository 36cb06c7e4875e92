import type { AuditRow } from './audit-entry.ts';
import { isoTime } from '../../std/iso-time.ts';

const columns =
  'seq,at,action,object,object_id,actor,email,credential,project,request,flags,details,prev,hash';

/** A cell that no spreadsheet takes for a formula, quoted where it has to be. */
function cell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export const auditCsvHead = `${columns}\r\n`;

/** One row of the log as a line of CSV (RFC 4180). */
export function auditCsvLine({ entry, prev, hash }: AuditRow): string {
  const { seq, at, action, object, actor, projectId, requestId, flags, details } = entry;
  const cells = [
    seq,
    isoTime(at),
    action,
    object.type,
    object.id,
    actor.name,
    actor.email,
    `${actor.credential.kind} ${actor.credential.id}`,
    projectId,
    requestId,
    flags.join(' '),
    JSON.stringify(details),
    prev,
    hash,
  ];
  return `${cells.map(cell).join(',')}\r\n`;
}
