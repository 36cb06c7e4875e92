import { useQuery } from '@tanstack/react-query';
import { type Features, decideMode } from '../../../src/domain/policy/features.ts';
import type { TenantEnvironment } from '../../../src/domain/plan/scope.ts';
import { type Verdict, allow, inOrder } from '../../../src/domain/refusal/verdict.ts';
import { useMay } from '../../api/me.ts';
import { apiQuery } from '../../api/queries.ts';

export interface RollbackVerdicts {
  readonly mayRollBack: Verdict;
  readonly mayUndo: Verdict;
}

/** May whoever is signed in ask for a rollback, or an undo, here? The rules of the server: the right, then the plan. */
export function useRollbackVerdict(
  where: TenantEnvironment & { readonly project: string },
): RollbackVerdicts {
  const request = useMay('request', where);
  // Until the plan is known nothing is forbidden by it; the server has the last word.
  const features: Features | undefined = useQuery(apiQuery('getFeatures')).data;
  const decide = (mode: 'full' | 'undo'): Verdict =>
    inOrder([() => request, () => (features ? decideMode(features, mode) : allow)]);
  return { mayRollBack: decide('full'), mayUndo: decide('undo') };
}
