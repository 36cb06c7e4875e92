const steps: readonly (readonly [number, string])[] = [
  [365 * 86_400, 'y'],
  [30 * 86_400, 'mo'],
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
];

/** `just now`, `12 min ago`, `3 d ago`; the future reads `in 5 min`. Both in milliseconds. */
export function ago(at: number, now: number): string {
  const seconds = Math.round(Math.abs(now - at) / 1000);
  const [size, unit] = steps.find(([size]) => seconds >= size) ?? [1, 's'];
  if (unit === 's') return seconds < 45 ? 'just now' : at > now ? 'in 1 min' : '1 min ago';
  const count = `${Math.floor(seconds / size)} ${unit}`;
  return at > now ? `in ${count}` : `${count} ago`;
}

/** `2026-11-20 14:02:05 UTC`, from an RFC 3339 time in UTC. */
export const utcText = (timestamp: string): string =>
  `${timestamp.slice(0, 10)} ${timestamp.slice(11, 19)} UTC`;
