import type { TimelineMark } from './timeline-marks.ts';

/** What clusters saw of one deployment, as the wire tells it. */
export interface SeenHealth {
  readonly best: string;
  readonly worst: string;
  readonly last: string;
  readonly minutesHealthy: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
}

interface Row {
  readonly timestamp: string;
  readonly knownGood: { readonly health: SeenHealth | null };
}

/** How a deployment was, in one word; `mixed` was healthy but not always, `bad` was unhealthy at last. */
export const bandStates = ['healthy', 'mixed', 'bad', 'never', 'unknown'] as const;
export type BandState = (typeof bandStates)[number];

/** How a deployment was over all that was seen of it; unknown where no cluster reported. */
export function bandState(health: SeenHealth | null): BandState {
  if (health === null || health.best === 'Unknown') return 'unknown';
  if (health.last === 'Degraded' || health.last === 'Missing') return 'bad';
  if (health.best !== 'Healthy') return 'never';
  return health.worst === 'Healthy' ? 'healthy' : 'mixed';
}

/** A stretch of the line in which clusters reported: from 0, the oldest mark, to 100, now. */
export interface BandPart<R> {
  readonly row: R;
  readonly state: Exclude<BandState, 'unknown'>;
  readonly from: number;
  readonly to: number;
}

/**
 * The stretches of a timeline in which something is known of the health, newest first. A deployment counts until the
 * next one came, and only for as long as somebody looked: before and after that nothing is known.
 */
export const healthBand = <R extends Row>(
  marks: readonly TimelineMark<R>[],
  now: number,
): readonly BandPart<R>[] =>
  marks.flatMap(({ row, at }, index) => {
    const { health } = row.knownGood;
    const state = bandState(health);
    if (health === null || state === 'unknown') return [];
    const next = marks[index - 1];
    const start = Date.parse(row.timestamp);
    const span = Math.max((next ? Date.parse(next.row.timestamp) : now) - start, 1);
    const place = (moment: string): number => {
      const part = Math.min(1, Math.max(0, (Date.parse(moment) - start) / span));
      return at + part * ((next?.at ?? 100) - at);
    };
    return [{ row, state, from: place(health.firstSeenAt), to: place(health.lastSeenAt) }];
  });
