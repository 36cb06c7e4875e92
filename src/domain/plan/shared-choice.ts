import type { Mode } from './scope.ts';

/**
 * What becomes of shared values that have changed since the target: `leave` them, `include` them for everybody they
 * reach, or `pin` them as they were for this scope alone.
 */
export const sharedChoices = ['pin', 'include', 'leave'] as const;
export type SharedChoice = (typeof sharedChoices)[number];

/** How somebody said it: by name, or by the older flag that includes. */
export interface SharedWish {
  readonly mode: Mode;
  readonly shared?: SharedChoice | undefined;
  readonly includeShared?: boolean | undefined;
}

/** What a rollback does when it is asked so: a whole tenant-environment pins unless told otherwise, less leaves. */
export function sharedChoiceOf({ mode, shared, includeShared = false }: SharedWish): SharedChoice {
  if (shared !== undefined) return shared;
  if (includeShared) return 'include';
  return mode === 'full' ? 'pin' : 'leave';
}
