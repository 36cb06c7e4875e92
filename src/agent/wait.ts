import { setTimeout } from 'node:timers/promises';

/** Whether it is time to end; a question of its own, because the answer changes while others are awaited. */
export const isOver = (signal: AbortSignal): boolean => signal.aborted;

/** Waits so many milliseconds, and no longer than until the signal. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);

/** Waits for a promise, at most so many milliseconds, and no longer than until the signal. */
export async function soonerOf<T>(
  wanted: Promise<T>,
  most: number,
  signal: AbortSignal,
): Promise<T | undefined> {
  const enough = new AbortController();
  try {
    const late = pause(most, AbortSignal.any([signal, enough.signal]));
    return await Promise.race([wanted, late.then(() => undefined)]);
  } finally {
    enough.abort();
  }
}

/** What a promise gives; undefined when the signal comes before. */
export async function beforeEnd<T>(wanted: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const ended = Promise.withResolvers<undefined>();
  const end = (): void => ended.resolve(undefined);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    return await Promise.race([wanted, ended.promise]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
