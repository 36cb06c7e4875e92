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
  const present = value as Readonly<Record<string, AuditValue | undefined>>;
  let members = '';
  for (const key of Object.keys(present).toSorted()) {
    const member = present[key];
    if (member !== undefined)
      members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${sorted(member)}`;
  }
  return `{${members}}`;
}
