import type { KeepPattern } from './keep.ts';
import type { Layout } from '../layout/layout.ts';
import type { Snapshot } from './plan-parts.ts';
import type { Scope } from './scope.ts';

/** What to roll back, between which two states, and what to spare. */
export interface RollbackQuery {
  readonly scope: Scope;
  readonly base: Snapshot;
  readonly target: Snapshot;
  readonly layout: Layout;
  readonly keep: readonly KeepPattern[];
  readonly includeShared: boolean;
  /** Whoever carries it out brings generated files along. */
  readonly regenerates?: boolean;
}
