import type { FieldValue } from '../../tree/fields/change.ts';
import type { TenantEnvironment } from '../plan/scope.ts';
import type { FoundPin } from './find-pins.ts';

/** A pin where it stands. */
export interface StandingPin extends FoundPin, TenantEnvironment {
  readonly service: string;
  readonly file: string;
  /** What the shared file says now; absent when it no longer speaks of it. */
  readonly sharedNow: FieldValue | undefined;
}
