import type { Plan } from '../domain/plan/plan.ts';
import { planPromotion } from '../domain/plan/plan-promotion.ts';
import { planRelease } from '../domain/plan/plan-release.ts';
import type { PromotionQuery } from '../domain/plan/promotion-query.ts';
import type { ReleaseQuery } from '../domain/plan/release-query.ts';
import { drive } from '../git/drive.ts';
import { encodeBlob } from '../git/encoded-object.ts';
import type { ObjectReader } from '../git/object-reader.ts';

const blobId = (text: string): string => encodeBlob(text).oid;

/** Plans what a release asks for on a state of a branch. Nothing is written. */
export const releasePlan = (reader: ObjectReader, query: Omit<ReleaseQuery, 'blobId'>): Promise<Plan> =>
  drive(reader, planRelease({ ...query, blobId }));

/** The same for what a promotion carries. */
export const promotionPlan = (reader: ObjectReader, query: Omit<PromotionQuery, 'blobId'>): Promise<Plan> =>
  drive(reader, planPromotion({ ...query, blobId }));
