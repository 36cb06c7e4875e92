import type { CredentialKind, Party } from '../people/actor.ts';
import type { AuditAction } from './audit-action.ts';

/** A value that is written down as canonical JSON. */
export type AuditValue =
  string | number | boolean | null | readonly AuditValue[] | { readonly [key: string]: AuditValue };

/** What makes an entry stand out in the log. */
export type AuditFlag = 'break_glass' | 'during_freeze' | 'self_approval' | 'push_protected';

export interface AuditActor extends Party {
  readonly credential: { readonly kind: CredentialKind; readonly id: string };
}

/** An entry before it has its place in the chain. */
export interface AuditDraft {
  readonly at: number;
  readonly actor: AuditActor;
  readonly action: AuditAction;
  readonly object: { readonly type: string; readonly id: string };
  readonly projectId: string | undefined;
  readonly requestId: string | undefined;
  readonly flags: readonly AuditFlag[];
  /** Particulars: never secrets, never file content. */
  readonly details: { readonly [key: string]: AuditValue };
}

/** One state change, and who made it. `seq` counts from 1 without gaps over the whole instance. */
export interface AuditEntry extends AuditDraft {
  readonly seq: number;
}

/** An entry as it is stored: `hash` covers the entry and `prev`, the hash of the row before it. */
export interface AuditRow {
  readonly entry: AuditEntry;
  readonly prev: string;
  readonly hash: string;
}
