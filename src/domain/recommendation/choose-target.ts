import type { Deployment } from '../deployment/deployment.ts';
import type { Evidence } from './recommendation.ts';

/** What is known of one deployment, by people and by clusters. */
export interface DeploymentFacts {
  readonly revision: string;
  /** The latest word of a person. */
  readonly mark: { readonly word: 'good' | 'bad'; readonly by: string } | undefined;
  /** As clusters reported it: how long it was healthy, and whether it ended otherwise. */
  readonly health: { readonly healthyMilliseconds: number; readonly endedBad: boolean } | undefined;
}

export interface ChosenTarget {
  readonly revision: string;
  readonly evidence: readonly Evidence[];
  readonly thin: boolean;
}

type Row = Pick<Deployment, 'revision' | 'status' | 'at'>;

const HOUR = 3_600_000;

/**
 * The deployment to go back to, of a history that is given newest first: the newest one before the present that is known
 * to have worked. Where nothing is known, the state before the last change, and the evidence is thin.
 */
export function chooseTarget(
  history: readonly Row[],
  facts: ReadonlyMap<string, DeploymentFacts>,
): ChosenTarget | undefined {
  const [current, ...older] = history;
  if (!current) return undefined;
  const possible = older.filter(
    ({ revision, status }) => status === 'success' && facts.get(revision)?.mark?.word !== 'bad',
  );
  for (const row of possible) {
    const evidence = evidenceFor(facts.get(row.revision));
    if (evidence.length > 0) return { revision: row.revision, evidence, thin: false };
  }
  const [before] = possible;
  if (!before) return undefined;
  const text = 'it is the state before the last change; nobody and no cluster has said that it worked';
  return { revision: before.revision, evidence: [{ kind: 'before_last_change', text }], thin: true };
}

function evidenceFor(facts: DeploymentFacts | undefined): readonly Evidence[] {
  const evidence: Evidence[] = [];
  if (facts?.mark?.word === 'good')
    evidence.push({ kind: 'marked_good', text: `${facts.mark.by} marked it as good` });
  const { healthyMilliseconds = 0, endedBad = false } = facts?.health ?? {};
  if (healthyMilliseconds >= HOUR && !endedBad)
    evidence.push({
      kind: 'healthy',
      text: `clusters reported it healthy for ${hours(healthyMilliseconds)}`,
    });
  return evidence;
}

function hours(milliseconds: number): string {
  const count = Math.floor(milliseconds / HOUR);
  return count === 1 ? '1 hour' : `${count} hours`;
}
