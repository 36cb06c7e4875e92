import type { Deployment } from '../../../src/contract/deployment.ts';

/** The deployment to go back to, and the one whose change that takes back. */
export interface Recommendation {
  readonly target: Deployment;
  readonly takesBack: Deployment;
}

/**
 * The deployment before the last change, newest first given, that succeeded and was never rolled back. The history of
 * a service is given for a service. It knows nothing of health: that is for clusters to report.
 */
export function recommend(rows: readonly Deployment[], service?: string): Recommendation | undefined {
  const [takesBack, ...earlier] = rows;
  const wasLeft = ({ rolledBackServices }: Deployment): boolean =>
    service === undefined ? rolledBackServices.length > 0 : rolledBackServices.includes(service);
  const target = earlier.find((row) => row.status === 'success' && !wasLeft(row));
  return takesBack && target ? { target, takesBack } : undefined;
}
