import { decideHolds } from '../../domain/hold/decide-holds.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { type Verdict, allow } from '../../domain/refusal/verdict.ts';
import type { Request } from '../../domain/request/request.ts';
import type { Hub } from '../hub.ts';

/** May a plan, its fields filled in, give them their values at this moment? A rollback may bring back any. */
export async function judgeHolds(
  { store, clock }: Hub,
  { kind, projectId }: Pick<Request, 'kind' | 'projectId'>,
  { services }: Pick<Plan, 'services'>,
): Promise<Verdict> {
  if (kind === 'rollback') return allow;
  const holds = await store.holds.inForce(projectId, clock());
  return decideHolds(
    holds,
    services.flatMap(({ fields }) => fields),
  );
}
