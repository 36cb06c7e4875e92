/** Work that goes on beside requests, one run after the other. */
export interface BackgroundLoop {
  /** Asks for a run that begins after this moment: now, or right after the one under way and its rest. */
  readonly nudge: () => void;
  /** Tells the run at hand to end soon and waits for it; none begins any more. */
  readonly stop: () => Promise<void>;
}

export interface LoopOptions {
  /** Milliseconds after which it runs without a nudge. */
  readonly every: number;
  /** Milliseconds between two runs at least, when each is worth more the more it finds to do; 0 unless told. */
  readonly rest?: number;
  /** Told what ended a run; the next one comes all the same. */
  readonly onError: (error: unknown) => void;
}

/** Runs `work` at once, at each nudge and from time to time. Its signal is aborted by `stop`. */
export function startLoop(
  work: (signal: AbortSignal) => Promise<void>,
  { every, rest = 0, onError }: LoopOptions,
): BackgroundLoop {
  const stopping = new AbortController();
  let nudges = 0;
  let running: Promise<void> | undefined;
  let endPause = (): void => undefined;
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, rest);
      timer.unref();
      endPause = resolve;
    });
  const nudge = (): void => {
    if (stopping.signal.aborted) return;
    nudges += 1;
    running ??= runWanted();
  };
  const runWanted = async (): Promise<void> => {
    const heard = nudges;
    await work(stopping.signal).catch(onError);
    if (rest > 0 && !stopping.signal.aborted) await pause();
    running = undefined;
    if (nudges > heard) nudge();
  };
  const timer = setInterval(nudge, every);
  timer.unref();
  nudge();
  return {
    nudge,
    stop: async () => {
      stopping.abort();
      clearInterval(timer);
      endPause();
      await running;
    },
  };
}
