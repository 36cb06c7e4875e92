import type { Oid } from '../../tree/object.ts';
import type { Layout } from '../layout/layout.ts';
import type { KeepPattern } from './keep.ts';
import type { Snapshot } from './plan-parts.ts';
import type { CarriedKind } from './carried-kinds.ts';

/** What to carry of a tenant, from where to where. Names no service: all that the earlier environment has. */
export interface PromotionWish {
  readonly from: string;
  readonly services: readonly string[];
  readonly carry: readonly CarriedKind[];
}

export interface PromotionQuery extends PromotionWish {
  readonly tenant: string;
  readonly to: string;
  readonly keep: readonly KeepPattern[];
  readonly base: Snapshot;
  readonly layout: Layout;
  /** The id that Git has for a text: to hash is not for pure rooms. */
  readonly blobId: (text: string) => Oid;
}
