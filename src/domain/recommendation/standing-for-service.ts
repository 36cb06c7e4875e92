import type { DeploymentStatus } from '../deployment/deployment.ts';
import type { Judgement } from '../deployment/known-good.ts';

/** What is known of a deployment as a whole, and which of its services were rolled back. */
export interface DeploymentStanding {
  readonly standing: Judgement;
  readonly status: DeploymentStatus;
  readonly rolledBackServices: readonly string[];
  /** The last word of a person. */
  readonly mark: 'good' | 'bad' | undefined;
}

/**
 * What is known of a deployment where one service is to go back: that others of it were rolled back says nothing of this
 * one. A person who marked it bad meant all of it. Without a service, what is known of the whole.
 */
export function standingForService(of: DeploymentStanding, service: string | undefined): Judgement {
  const isAboutOthers =
    service !== undefined && of.status === 'rolled_back' && !of.rolledBackServices.includes(service);
  return isAboutOthers && of.mark !== 'bad'
    ? { goodness: 'unknown', reason: 'another service of it was rolled back' }
    : of.standing;
}
