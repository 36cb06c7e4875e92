/** How healthy a deployment is or was, in Argo CD's words, from the best to the worst. */
export const healthStates = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Unknown',
  'Missing',
  'Degraded',
] as const;
export type HealthState = (typeof healthStates)[number];

/** What was seen of one deployment in one Application. Times are epoch milliseconds. */
export interface HealthRecord {
  readonly best: HealthState;
  /** Without the progress before it was first healthy: rolling out is no fault. */
  readonly worst: HealthState;
  readonly last: HealthState;
  readonly healthyMilliseconds: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** A longer silence says nothing about what was in between, so it counts for at most this long. */
const longestGap = 300_000;

/** Argo CD's word, or `Unknown` for one that it does not have. */
export const healthStateOf = (word: string): HealthState =>
  healthStates.find((state) => state === word) ?? 'Unknown';

const rank = (state: HealthState): number => healthStates.indexOf(state);
const better = (one: HealthState, other: HealthState): HealthState =>
  rank(one) <= rank(other) ? one : other;
const worse = (one: HealthState, other: HealthState): HealthState => (rank(one) >= rank(other) ? one : other);

/** The record after one more look. A look that is older than the last one changes nothing. */
export function recordHealth(
  record: HealthRecord | undefined,
  look: { readonly state: HealthState; readonly at: number },
): HealthRecord {
  const { state, at } = look;
  if (record === undefined)
    return { best: state, worst: state, last: state, healthyMilliseconds: 0, firstAt: at, lastAt: at };
  if (at < record.lastAt) return record;
  const healthy = record.last === 'Healthy' ? Math.min(at - record.lastAt, longestGap) : 0;
  // Until it is healthy for the first time, getting there is not held against it.
  const young = record.best !== 'Healthy' && state === 'Healthy' && rank(record.worst) < rank('Degraded');
  return {
    best: better(record.best, state),
    worst: young ? 'Healthy' : worse(record.worst, state),
    last: state,
    healthyMilliseconds: record.healthyMilliseconds + healthy,
    firstAt: record.firstAt,
    lastAt: at,
  };
}

/** What several Applications of one deployment show together: never better than the worst of them. */
export function joinHealth(records: readonly HealthRecord[]): HealthRecord | undefined {
  const [first, ...others] = records;
  if (first === undefined) return undefined;
  return others.reduce(
    (joined, record) => ({
      best: worse(joined.best, record.best),
      worst: worse(joined.worst, record.worst),
      last: worse(joined.last, record.last),
      healthyMilliseconds: Math.min(joined.healthyMilliseconds, record.healthyMilliseconds),
      firstAt: Math.min(joined.firstAt, record.firstAt),
      lastAt: Math.max(joined.lastAt, record.lastAt),
    }),
    first,
  );
}
