import type { PlannedField } from '../plan/plan.ts';
import type { Mode, Revision } from '../plan/scope.ts';

/** What speaks for going back to a revision: words for people, most telling first. */
export interface Evidence {
  readonly kind: 'known_good' | 'before_last_change';
  readonly text: string;
}

/** A field as people read it, and its full address. */
export type ChosenField = Pick<PlannedField, 'field' | 'address'>;

/** Where to go back to, and the smallest scope that takes back everything that changed since. */
export interface Recommendation {
  readonly target: Revision;
  readonly mode: Mode;
  readonly service: string | undefined;
  /** Field mode: what to choose. */
  readonly fields: readonly ChosenField[];
  readonly evidence: readonly Evidence[];
  /** Nothing says that the target ever worked; somebody should look. */
  readonly thin: boolean;
}
