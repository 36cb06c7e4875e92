import type { Deployment } from '../../../src/contract/deployment.ts';
import { type JudgedDeployment, chooseTarget } from '../../../src/domain/recommendation/choose-target.ts';
import { standingForService } from '../../../src/domain/recommendation/standing-for-service.ts';

/** The deployment to go back to, the one whose change that takes back, and what speaks for it. */
export interface Recommendation {
  readonly target: Deployment;
  readonly takesBack: Deployment;
  readonly because: string;
}

const judgedFor =
  (service: string | undefined) =>
  ({ revision, status, rolledBackServices, knownGood }: Deployment): JudgedDeployment => {
    const { standing: goodness, reason, mark } = knownGood;
    const whole = { standing: { goodness, reason }, status, rolledBackServices, mark: mark?.mark };
    return { revision, standing: standingForService(whole, service) };
  };

/** Where to go back to, by the rule of the hub, of a history that is given newest first. */
export function recommend(rows: readonly Deployment[], service?: string): Recommendation | undefined {
  const [takesBack] = rows;
  const chosen = chooseTarget(rows.map(judgedFor(service)));
  const target = rows.find(({ revision }) => revision === chosen?.revision);
  if (!takesBack || !chosen || !target) return undefined;
  return { target, takesBack, because: chosen.evidence.map(({ text }) => text).join('; ') };
}
