/** Background work that can be told that there is something to do. */
export type WakeTopic = 'outbox' | 'index' | 'fetch' | 'requests' | 'clusters' | 'commands' | 'answers';

/** Nudges from use cases to the loops of this process. A nudge that nobody hears is lost: loops look by themselves too. */
export interface Wakes {
  readonly wake: (topic: WakeTopic) => void;
  /** Calls back at each nudge until the returned function is called. */
  readonly onWake: (topic: WakeTopic, listener: () => void) => () => void;
}

export function wakes(): Wakes {
  const listeners = new Set<{ readonly topic: WakeTopic; readonly listener: () => void }>();
  return {
    wake: (topic) => {
      for (const entry of listeners) if (entry.topic === topic) entry.listener();
    },
    onWake: (topic, listener) => {
      const entry = { topic, listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
  };
}
