import type { Oid } from '../../tree/object.ts';
import type { Layout } from '../layout/layout.ts';
import type { Snapshot } from './plan-parts.ts';
import type { ReleaseChange } from './release-change.ts';
import type { TenantEnvironment } from './scope.ts';

/** What to release where. `blobId` gives the id that Git has for a text: to hash is not for pure rooms. */
export interface ReleaseQuery {
  readonly where: TenantEnvironment;
  readonly changes: readonly ReleaseChange[];
  readonly base: Snapshot;
  readonly layout: Layout;
  readonly blobId: (text: string) => Oid;
}
