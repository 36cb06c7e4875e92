import type { Refusal } from '../../domain/refusal/refusal.ts';
import type { Oid } from '../../tree/object.ts';

/** How an attempt to bring a request into its branch ended. */
export type Publishing =
  /** The branch has the commit, durably. */
  | { readonly kind: 'published'; readonly commit: Oid }
  /** The branch does not have it, and will not: nothing was published, or it was refused. */
  | { readonly kind: 'moved'; readonly refusal: Refusal }
  | { readonly kind: 'no_basis' }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Another process carries the request out now. */
  | { readonly kind: 'taken_over' }
  /** Whether the branch has it cannot be said now. */
  | { readonly kind: 'unknown'; readonly error: unknown };
