import { type OidcProblem, oidcProblems } from '../../domain/people/oidc-claims.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';

/** The refusal of a sign-in elsewhere. Its cause is for our own log; nothing of it is shown. */
export function oidcFailure(provider: string, problem: OidcProblem, cause?: unknown): Refusal {
  const refusal = new Refusal('oidc_failed', { provider, reason: oidcProblems[problem] }, { problem });
  refusal.cause = cause;
  return refusal;
}
