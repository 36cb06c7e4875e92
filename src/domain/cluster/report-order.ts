/** When a report was made, and when it came. */
export interface ReportTime {
  /** The registration of the agent that sent it. */
  readonly generation: number;
  /** By the agent's clock; the time it came, when it says none. */
  readonly reportedAt: number;
  /** By the hub's clock. */
  readonly receivedAt: number;
}

/** Clocks within a minute of ours count as right. */
const tolerance = 60_000;

const isRight = ({ reportedAt, receivedAt }: ReportTime): boolean =>
  Math.abs(reportedAt - receivedAt) <= tolerance;
const isAhead = ({ reportedAt, receivedAt }: ReportTime): boolean => reportedAt > receivedAt + tolerance;

/**
 * May this report take the place of the one that is kept? Only one that was made later may, however they arrive; of
 * two that were made at the same moment the later to arrive. A report from a clock that ran ahead must not stand for
 * ever, so one from a clock that is right replaces it.
 */
export function replacesReport(kept: ReportTime | undefined, next: ReportTime): boolean {
  if (kept === undefined || next.generation > kept.generation) return true;
  if (next.generation < kept.generation) return false;
  if (next.reportedAt >= kept.reportedAt) return true;
  return isAhead(kept) && isRight(next) && next.receivedAt >= kept.receivedAt;
}
