/** What sort of No it is. HTTP statuses and exit codes follow from the kind, and are decided elsewhere. */
export type RefusalKind =
  | 'usage'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'wrong_state'
  | 'conflict'
  | 'too_large'
  | 'unprocessable'
  | 'limited'
  | 'unavailable'
  | 'failed';

/** One row of the closed table: `{name}` in the message stands for a fact. */
export interface RefusalRow {
  readonly kind: RefusalKind;
  readonly message: string;
}
