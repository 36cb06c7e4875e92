import type { Layout } from '../../domain/layout/layout.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { Snapshot } from '../../domain/plan/plan-parts.ts';
import { planRelease } from '../../domain/plan/plan-release.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { RequestScope } from '../../domain/request/request.ts';
import { drive } from '../../git/drive.ts';
import { encodeBlob } from '../../git/encoded-object.ts';
import type { ObjectReader } from '../../git/object-reader.ts';

interface Releasing {
  readonly base: Snapshot;
  readonly scope: RequestScope;
  readonly layout: Layout;
}

const blobId = (text: string): string => encodeBlob(text).oid;

/** Plans what a release asks for on a state of the branch. Nothing is written. Throws refusals alone. */
export async function releasePlan(reader: ObjectReader, { base, scope, layout }: Releasing): Promise<Plan> {
  const [where] = scope.where;
  if (!where) throw new Refusal('field_missing', { field: 'tenant' });
  const { changes = [] } = scope;
  return drive(reader, planRelease({ where, changes, base, layout, blobId }));
}
