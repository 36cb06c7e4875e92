import type { FieldValue } from '../../tree/fields/change.ts';
import type { Party } from '../people/actor.ts';
import type { TenantEnvironment } from '../plan/scope.ts';

/** A value that a rollback took away from one field. */
export interface HeldField extends TenantEnvironment {
  readonly service: string | undefined;
  readonly file: string;
  /** With the file in it, as plans have it. */
  readonly address: string;
  /** The short form that people read, such as `image.tag`. */
  readonly field: string;
  readonly value: FieldValue;
}

/**
 * A value that a rollback took away may not come back by a release, a promotion or a push, until a named person lifts
 * the hold or it expires. Times are epoch milliseconds.
 */
export interface Hold extends HeldField {
  readonly id: string;
  readonly projectId: string;
  /** The rollback, and its commit. */
  readonly requestId: string;
  readonly commit: string;
  readonly setAt: number;
  readonly expiresAt: number;
  /** The commit of somebody else that brought the value back while the hold is in force; absent once it is gone again. */
  readonly returned: HoldReturn | undefined;
  readonly lifted: { readonly at: number; readonly by: Party; readonly reason: string } | undefined;
}

/** Who brought a held value back past the hub, as the commit says; `bot` is set when a bot wrote it for a person. */
export interface HoldReturn {
  readonly at: number;
  readonly commit: string;
  readonly author: string;
  readonly bot: string | undefined;
}

export type HoldState = 'in_force' | 'lifted' | 'expired';

/** The end belongs to nobody: at `expiresAt` the value may come back. */
export function holdState({ lifted, expiresAt }: Pick<Hold, 'lifted' | 'expiresAt'>, now: number): HoldState {
  if (lifted) return 'lifted';
  return now < expiresAt ? 'in_force' : 'expired';
}

const DAY = 24 * 60 * 60 * 1000;

/** Until when a hold set now stands, unless it is lifted. */
export const holdEnd = (now: number): number => now + 7 * DAY;
