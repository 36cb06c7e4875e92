import type { AuditRow } from './audit-entry.ts';

// This deliberately shares no code with audit-chain.ts: a mistake in the writer must not hide itself from the check.

/** A place in the chain that is known from elsewhere, such as a signed checkpoint. */
export interface KnownLink {
  readonly seq: number;
  readonly hash: string;
}

/**
 * - `altered`: the row does not have the hash that it claims.
 * - `unlinked`: it does not continue the row before; one of the two was altered with its hash.
 * - `missing`: there is no such row, or the chain ends before a known link.
 * - `reordered`: the row stands in another place, or twice.
 * - `rewritten`: every row agrees with the next, but not with a known link.
 */
export type AuditFaultReason = 'altered' | 'unlinked' | 'missing' | 'reordered' | 'rewritten';

export interface AuditFault {
  readonly seq: number;
  readonly reason: AuditFaultReason;
}

export interface AuditReport {
  /** Rows that were checked and are in order. */
  readonly rows: number;
  /** The last of them. */
  readonly head: KnownLink;
  /** The first row that is not in order. */
  readonly fault: AuditFault | undefined;
}

export interface AuditCheck {
  /** Hexadecimal SHA-256 of a text in UTF-8. */
  readonly hash: (text: string) => string;
  /** Where the rows begin, when they are not all: the link before the first of them. */
  readonly after?: KnownLink;
  readonly known?: readonly KnownLink[];
}

const beginning: KnownLink = { seq: 0, hash: '0'.repeat(64) };

/** The canonical text of a value: members by their names in UTF-16 order, nothing that is absent, no spaces. */
function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Array.isArray(value) ? value.map(canonical) : membersOf(value);
  return Array.isArray(value) ? `[${members.join()}]` : `{${members.join()}}`;
}

function membersOf(value: object): string[] {
  // A Map, because an object would put names that look like numbers first and treat `__proto__` on its own.
  const members = new Map<string, unknown>(Object.entries(value));
  const names = [...members.keys()].filter((name) => members.get(name) !== undefined).sort();
  return names.map((name) => `${JSON.stringify(name)}:${canonical(members.get(name))}`);
}

const textOf = ({ prev, entry }: AuditRow): string => `knowngood-audit-1\n${prev}\n${canonical(entry)}\n`;

function faultOf(row: AuditRow, head: KnownLink, hash: AuditCheck['hash']): AuditFault | undefined {
  const { seq } = row.entry;
  // A number that cannot be read is named by the place where it stands.
  if (!Number.isSafeInteger(seq)) return { seq: head.seq + 1, reason: 'altered' };
  if (seq <= head.seq) return { seq, reason: 'reordered' };
  // Whether it is missing or only elsewhere is told by the rows that follow.
  if (seq > head.seq + 1) return { seq: head.seq + 1, reason: 'missing' };
  if (hash(textOf(row)) !== row.hash) return { seq, reason: 'altered' };
  return row.prev === head.hash ? undefined : { seq, reason: 'unlinked' };
}

function comesLater(rows: Iterator<AuditRow>, seq: number): boolean {
  for (let next = rows.next(); !next.done; next = rows.next()) {
    if (next.value.entry.seq === seq) return true;
  }
  return false;
}

/** Walks rows in their order and names the first that was altered, taken out or moved. Reads each row once. */
export function verifyChain(rows: Iterable<AuditRow>, check: AuditCheck): AuditReport {
  const known = new Map((check.known ?? []).map(({ seq, hash }) => [seq, hash]));
  const walk = rows[Symbol.iterator]();
  let head = check.after ?? beginning;
  let count = 0;
  const report = (fault: AuditFault | undefined): AuditReport => ({ rows: count, head, fault });
  for (let next = walk.next(); !next.done; next = walk.next()) {
    const row = next.value;
    const fault = faultOf(row, head, check.hash);
    if (fault?.reason === 'missing' && comesLater(walk, fault.seq)) {
      return report({ seq: fault.seq, reason: 'reordered' });
    }
    if (fault) return report(fault);
    const expected = known.get(row.entry.seq);
    if (expected !== undefined && expected !== row.hash) {
      return report({ seq: row.entry.seq, reason: 'rewritten' });
    }
    head = { seq: row.entry.seq, hash: row.hash };
    count += 1;
  }
  const last = Math.max(0, ...known.keys());
  return report(last > head.seq ? { seq: head.seq + 1, reason: 'missing' } : undefined);
}

/** What is wrong with a row, after `row 12`. */
export const auditFaultReasons: Readonly<Record<AuditFaultReason, string>> = {
  altered: 'was altered',
  unlinked: 'does not continue the row before it',
  missing: 'is missing',
  reordered: 'stands in the wrong place',
  rewritten: 'is not the one that was signed; the log was rewritten',
};

/** How a fault is told: `row 12 was altered`. */
export const auditFaultText = ({ seq, reason }: AuditFault): string =>
  `row ${seq} ${auditFaultReasons[reason]}`;
