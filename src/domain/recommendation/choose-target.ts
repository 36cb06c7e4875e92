import type { Deployment } from '../deployment/deployment.ts';
import type { Judgement } from '../deployment/known-good.ts';
import type { Evidence } from './recommendation.ts';

/** A deployment with what is known of it. */
export interface JudgedDeployment extends Pick<Deployment, 'revision'> {
  readonly standing: Judgement;
}

export interface ChosenTarget {
  readonly revision: string;
  readonly evidence: readonly Evidence[];
  readonly thin: boolean;
}

/**
 * The deployment to go back to, of a history that is given newest first: the newest one before the present that is known
 * to be good. Where none is, the newest that is not known to be bad, and the evidence is thin.
 */
export function chooseTarget(history: readonly JudgedDeployment[]): ChosenTarget | undefined {
  const possible = history.slice(1).filter(({ standing }) => standing.goodness !== 'bad');
  const good = possible.find(({ standing }) => standing.goodness === 'good');
  if (good) {
    const text = good.standing.reason;
    return { revision: good.revision, evidence: [{ kind: 'known_good', text }], thin: false };
  }
  const [before] = possible;
  if (!before) return undefined;
  const text = `it is the state before the last change; ${before.standing.reason}`;
  return { revision: before.revision, evidence: [{ kind: 'before_last_change', text }], thin: true };
}
