import type { Request } from './request.ts';

/** A rollback recurs when it is at least the third of one tenant-environment within thirty days. */
export const recurrence = { days: 30, from: 3 } as const;

/** The moments between which rollbacks count for one that ends, or would end, at `until`. */
export interface RecurrenceWindow {
  readonly from: number;
  readonly until: number;
}

export const windowUntil = (until: number): RecurrenceWindow => ({
  from: until - recurrence.days * 86_400_000,
  until,
});

/** The moments between which other rollbacks of its places count; undefined for what is none, or came to nothing. */
export function recurrenceWindow(
  request: Pick<Request, 'kind' | 'scope' | 'state' | 'closedAt'>,
  now: number,
): RecurrenceWindow | undefined {
  const { kind, scope, state, closedAt } = request;
  if (kind !== 'rollback' || scope.mode === 'undo') return undefined;
  if (closedAt !== undefined && state !== 'completed') return undefined;
  return windowUntil(closedAt ?? now);
}

/** Which rollback of its place this one is, from the third on; `before` are the others within the window. */
export const recurrenceOf = (before: number): number | undefined =>
  before + 1 >= recurrence.from ? before + 1 : undefined;
