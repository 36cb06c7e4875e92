import type { HealthRecord } from '../cluster/health-record.ts';
import type { DeploymentStatus } from './deployment.ts';

/** `soaking`: well so far, and not long enough yet. `unknown`: nobody reported how it was. */
export const goodnesses = ['good', 'bad', 'soaking', 'unknown'] as const;
export type Goodness = (typeof goodnesses)[number];

/** What is known of a deployment. Times are epoch milliseconds. */
export interface DeploymentFacts {
  readonly status: DeploymentStatus;
  readonly at: number;
  /** When the next one of its tenant-environment came; absent while it is in force. */
  readonly nextAt: number | undefined;
  readonly now: number;
  readonly health: HealthRecord | undefined;
  /** The last word of a person. */
  readonly mark: { readonly mark: 'good' | 'bad'; readonly by: string; readonly reason: string } | undefined;
  readonly signals: readonly {
    readonly name: string;
    readonly startedAt: number;
    readonly endedAt: number | undefined;
  }[];
}

export interface Judgement {
  readonly goodness: Goodness;
  /** One sentence. */
  readonly reason: string;
}

/** A deployment counts once it was well until the next one, and for this long at least. */
const soak = 3_600_000;

const said = (reason: string): string => (reason === '' ? '' : `: ${reason}`);

/** An alert that began before it and went on is the fault of the one before. */
const firedIn = ({ at, nextAt = Infinity, signals }: DeploymentFacts): string | undefined =>
  signals.find(({ startedAt }) => startedAt >= at && startedAt < nextAt)?.name;

function judgeHealth({ at, nextAt, now, health }: DeploymentFacts): Judgement {
  if (health === undefined || health.best === 'Unknown')
    return { goodness: 'unknown', reason: 'no cluster reported how it was' };
  if (health.last === 'Degraded' || health.last === 'Missing')
    return { goodness: 'bad', reason: `it was ${health.last} when it was last seen` };
  if (health.best !== 'Healthy') return { goodness: 'unknown', reason: 'it was never seen healthy' };
  if (nextAt === undefined)
    return {
      goodness: 'soaking',
      reason: `it is in force; it has been healthy for ${minutes(health)} minutes`,
    };
  const lasted = Math.min(nextAt, now) - at;
  if (lasted < soak) return { goodness: 'unknown', reason: 'another deployment followed within the hour' };
  return {
    goodness: 'good',
    reason: `it was healthy for ${minutes(health)} minutes, until the next one came`,
  };
}

const minutes = ({ healthyMilliseconds }: HealthRecord): number => Math.floor(healthyMilliseconds / 60_000);

/**
 * Is this deployment known to have worked? A person's word comes first; then that it was rolled back, that an alert
 * began while it was in force, and how clusters saw it.
 */
export function judgeDeployment(facts: DeploymentFacts): Judgement {
  const { status, mark } = facts;
  if (mark?.mark === 'bad')
    return { goodness: 'bad', reason: `${mark.by} marked it bad${said(mark.reason)}` };
  if (status === 'rolled_back') return { goodness: 'bad', reason: 'it was rolled back' };
  if (status === 'failed') return { goodness: 'bad', reason: 'it failed' };
  if (mark?.mark === 'good')
    return { goodness: 'good', reason: `${mark.by} marked it good${said(mark.reason)}` };
  const alert = firedIn(facts);
  if (alert !== undefined)
    return { goodness: 'bad', reason: `the alert ${alert} began while it was in force` };
  return judgeHealth(facts);
}
