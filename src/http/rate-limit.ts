import type { Clock } from '../std/clock.ts';

/** Seconds to wait when there were too many calls of this caller, else undefined. */
export type RateLimit = (caller: string) => number | undefined;

interface Bucket {
  tokens: number;
  at: number;
}

export interface RateLimitOptions {
  /** Calls that may come at once. */
  readonly burst: number;
  readonly perSecond: number;
  /** Callers remembered at most; those beyond share one bucket, so that a flood of names frees nobody. */
  readonly callers?: number;
}

/** A token bucket for each caller, in memory: it protects this process. Sign-in has its own limit in the store. */
export function createRateLimit(clock: Clock, options: RateLimitOptions): RateLimit {
  const { burst, perSecond, callers = 50_000 } = options;
  const buckets = new Map<string, Bucket>();
  const tokensNow = (bucket: Bucket, now: number): number =>
    Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
  const dropFull = (now: number): void => {
    // A full bucket says the same as none; any other is kept, or a flood of new names would reset it.
    for (const [caller, bucket] of buckets) if (tokensNow(bucket, now) >= burst) buckets.delete(caller);
  };
  const bucketOf = (caller: string, now: number): Bucket => {
    if (!buckets.has(caller) && buckets.size >= callers) dropFull(now);
    const name = buckets.has(caller) || buckets.size < callers ? caller : '';
    const bucket = buckets.get(name) ?? { tokens: burst, at: now };
    buckets.set(name, bucket);
    return bucket;
  };
  return (caller) => {
    const now = clock();
    const bucket = bucketOf(caller, now);
    bucket.tokens = tokensNow(bucket, now);
    bucket.at = now;
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return undefined;
  };
}
