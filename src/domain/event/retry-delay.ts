const minute = 60_000;
const hour = 60 * minute;

/** The first waits; every later one is an hour. */
const waits = [5000, 30_000, 2 * minute, 10 * minute, 30 * minute];
const patience = 24 * hour;

/**
 * When a delivery that failed is tried again: epoch milliseconds, or undefined when it is given up, 24 hours after it
 * began. `attempts` counts those made, this one included.
 */
export function nextAttempt(
  attempts: number,
  { since, now }: { readonly since: number; readonly now: number },
): number | undefined {
  const at = now + (waits[attempts - 1] ?? hour);
  if (now >= since + patience) return undefined;
  // The last one is at the end of the day and not before it.
  return Math.min(at, since + patience);
}
