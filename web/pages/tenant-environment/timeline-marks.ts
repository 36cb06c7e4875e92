import type { DeploymentSource, DeploymentStatus } from '../../../src/domain/deployment/deployment.ts';

interface Row {
  readonly revision: string;
  readonly timestamp: string;
  readonly source: DeploymentSource;
  readonly status: DeploymentStatus;
}

/** One deployment on the line; `at` is its place from 0, the oldest, to 100, now. */
export interface TimelineMark<R> {
  readonly row: R;
  readonly at: number;
}

/** Places rows on a line by their time. Marks that would lie on each other move apart, the older to the left. */
export function timelineMarks<R extends Row>(
  rows: readonly R[],
  now: number,
  apart = 1.5,
): readonly TimelineMark<R>[] {
  const times = rows.map(({ timestamp }) => Math.min(Date.parse(timestamp), now));
  const first = Math.min(...times);
  const span = Math.max(now - first, 1);
  let limit = 100;
  return rows.map((row, index) => {
    const at = Math.max(0, Math.min((((times[index] ?? now) - first) / span) * 100, limit));
    limit = at - apart;
    return { row, at };
  });
}
