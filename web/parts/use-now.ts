import { useSyncExternalStore } from 'react';

const every = 15_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const tell of listeners) tell();
  }, every);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, in milliseconds, as all ages on a page use it: it goes on every fifteen seconds, for all at once. */
export const useNow = (): number =>
  useSyncExternalStore(subscribe, () => {
    // Nobody listened for a while: the last tick may be long ago.
    if (timer === undefined) now = Date.now();
    return now;
  });
