import type { AuditRow } from '../audit/audit-entry.ts';
import type { BreakGlassSession } from '../policy/break-glass.ts';
import type { ServiceChange } from '../plan/plan.ts';
import type { Request } from '../request/request.ts';

/** What a request changes, in full. */
export interface EvidenceChange {
  readonly services: readonly ServiceChange[];
  /** A unified diff without secrets. */
  readonly diff: string;
}

/** The commit that carried a request out; `author` and `committer` as `Name <address>`. */
export interface EvidenceCommit {
  readonly id: string;
  readonly tree: string;
  readonly message: string;
  readonly author: string;
  readonly committer: string;
}

/** Everything that is known of one request, for whoever checks later what was done, by whom and why. */
export interface Evidence {
  readonly request: Request;
  /** The slug of its project. */
  readonly project: string;
  readonly needed: number;
  readonly counted: number;
  readonly session: BreakGlassSession | undefined;
  /** Or why it cannot be shown any more. */
  readonly change: EvidenceChange | string;
  readonly commit: EvidenceCommit | undefined;
  /** Its entries of the log, oldest first. */
  readonly audit: readonly AuditRow[];
  readonly generatedAt: number;
}
