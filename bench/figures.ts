/** Times in milliseconds of one thing done many times. */
export interface Figures {
  readonly runs: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What one size of repository gave. Times in milliseconds, sizes in bytes. */
export interface SizeResult {
  readonly files: number;
  readonly ours: Figures;
  readonly porcelain: Figures;
  readonly plumbing: Figures;
  readonly preview: Figures;
  readonly bytes: { readonly ours: number; readonly porcelain: number; readonly plumbing: number };
}

export function figuresOf(times: readonly number[]): Figures {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { runs: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export async function timed<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly ms: number; readonly value: T }> {
  const started = performance.now();
  const value = await work();
  return { ms: performance.now() - started, value };
}
