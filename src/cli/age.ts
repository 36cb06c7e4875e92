const steps: readonly (readonly [number, string])[] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'm'],
  [1, 's'],
];

/** `40s`, `12m`, `5h`, `3d`: how long ago, as kubectl writes an AGE. Both in seconds. */
export function age(at: number, now: number): string {
  const seconds = Math.max(0, Math.floor(now - at));
  const [size, unit] = steps.find(([size]) => seconds >= size) ?? [1, 's'];
  return `${Math.floor(seconds / size)}${unit}`;
}

/** `2026-11-20T13:20:05Z`, from seconds. */
export const utc = (at: number): string => new Date(at * 1000).toISOString().replace('.000Z', 'Z');
