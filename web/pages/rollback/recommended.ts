import type { Deployment } from '../../../src/contract/deployment.ts';
import type { Judgement } from '../../../src/domain/deployment/known-good.ts';
import { chooseTarget } from '../../../src/domain/recommendation/choose-target.ts';

/** The deployment to go back to, the one whose change that takes back, and what speaks for it. */
export interface Recommendation {
  readonly target: Deployment;
  readonly takesBack: Deployment;
  readonly because: string;
}

/** For one service it counts that this service was rolled back; what happened to others says nothing of it. */
function standingFor(row: Deployment, service: string | undefined): Judgement {
  const { standing: goodness, reason } = row.knownGood;
  const others =
    service !== undefined && row.status === 'rolled_back' && !row.rolledBackServices.includes(service);
  return others
    ? { goodness: 'unknown', reason: 'another service of it was rolled back' }
    : { goodness, reason };
}

/** Where to go back to, by the rule of the hub, of a history that is given newest first. */
export function recommend(rows: readonly Deployment[], service?: string): Recommendation | undefined {
  const [takesBack] = rows;
  const judged = rows.map((row) => ({ revision: row.revision, standing: standingFor(row, service) }));
  const chosen = chooseTarget(judged);
  const target = rows.find(({ revision }) => revision === chosen?.revision);
  if (!takesBack || !chosen || !target) return undefined;
  return { target, takesBack, because: chosen.evidence.map(({ text }) => text).join('; ') };
}
