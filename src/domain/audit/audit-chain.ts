import type { AuditEntry, AuditValue } from './audit-entry.ts';

const FORMAT = 'knowngood-audit-1';

/** What comes before the first row. */
export const auditBeginning = '0'.repeat(64);

/** The text whose SHA-256 is a row's hash: it binds every member of the entry, and through `prev` all rows before. */
export const auditChainText = (prev: string, entry: AuditEntry): string =>
  `${FORMAT}\n${prev}\n${auditEntryText(entry)}\n`;

/** An entry in the one form that is hashed and exported. */
export const auditEntryText = (entry: AuditEntry): string => sorted(entry as unknown as AuditValue);

/** JSON with sorted keys and without absent members, so that equal entries have equal text wherever they were read. */
function sorted(value: AuditValue): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = (Object.entries(value) as [string, AuditValue | undefined][])
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, member]) => (member === undefined ? [] : `${JSON.stringify(key)}:${sorted(member)}`));
  return `{${members.join(',')}}`;
}
