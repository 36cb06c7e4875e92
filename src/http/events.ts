import type { EventFeed, FeedEvent } from './handler.ts';

export interface StreamOptions {
  /** The last event that the client saw; undefined for a new stream. */
  readonly lastEventId: string | undefined;
  readonly heartbeatMilliseconds: number;
  /** A client that lets more than this many events wait is cut off; it comes back and goes on where it was. */
  readonly backlog: number;
  /** Ends the stream at once. */
  readonly signal: AbortSignal;
}

async function frame({ id, event }: FeedEvent): Promise<string> {
  const told = await event();
  return `id: ${id}\nevent: ${told.type.replaceAll(/[\r\n]/g, '')}\ndata: ${JSON.stringify(told)}\n\n`;
}

/** Events that wait to be written, and a way to sleep until there is one. */
function makeBacklog(limit: number, signal: AbortSignal) {
  const waiting: FeedEvent[] = [];
  let overflowed = false;
  let wake: () => void = () => undefined;
  signal.addEventListener('abort', () => wake(), { once: true });
  return {
    waiting,
    overflowed: () => overflowed,
    push: (event: FeedEvent): void => {
      if (waiting.length >= limit) overflowed = true;
      else waiting.push(event);
      wake();
    },
    /** True when something woke it, false after the time. */
    sleep: (milliseconds: number): Promise<boolean> => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      if (waiting.length > 0 || overflowed || signal.aborted) return Promise.resolve(true);
      const timer = setTimeout(() => resolve(false), milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
      return promise;
    },
  };
}

/**
 * The text of an event stream, piece by piece: what was missed since `lastEventId`, then what happens, in order and
 * without doubles, as far as it is visible; a comment as heartbeat in between. The reader sets the pace.
 */
export async function* eventStream(feed: EventFeed, options: StreamOptions): AsyncGenerator<string> {
  const { signal, heartbeatMilliseconds } = options;
  const backlog = makeBacklog(options.backlog, signal);
  // Listening starts before the look back, so that nothing falls between.
  const stop = feed.listen(backlog.push);
  try {
    yield 'retry: 2000\n\n';
    let last = -1;
    if (options.lastEventId !== undefined) {
      const seen = /^\d{1,15}$/.test(options.lastEventId) ? Number(options.lastEventId) : undefined;
      const missed = seen === undefined ? { events: [], complete: false } : await feed.since(seen);
      if (!missed.complete) yield 'event: reset\ndata: {}\n\n';
      for (const event of missed.events) {
        if (signal.aborted) return;
        last = event.id;
        const visible = await feed.visible(event);
        if (visible === 'end') return;
        if (visible) yield await frame(event);
      }
    }
    while (!signal.aborted && !backlog.overflowed()) {
      const event = backlog.waiting.shift();
      if (event === undefined) {
        if (!(await backlog.sleep(heartbeatMilliseconds))) yield ': heartbeat\n\n';
        continue;
      }
      if (event.id <= last) continue;
      last = event.id;
      const visible = await feed.visible(event);
      if (visible === 'end') return;
      if (visible) yield await frame(event);
    }
  } finally {
    stop();
  }
}
