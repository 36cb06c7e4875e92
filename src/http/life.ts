import type { FastifyReply } from 'fastify';

/** How long things that are going on may go on: until the client leaves or the server stops. */
export interface Life {
  readonly stopping: () => boolean;
  /** `stream`: ends as soon as the server begins to stop. `work`: is given until the end of the grace. */
  readonly signalOf: (reply: FastifyReply, kind: 'stream' | 'work') => AbortSignal;
  readonly beginStop: () => void;
  readonly abortWork: () => void;
}

export function makeLife(): Life {
  const streams = new Set<AbortController>();
  const works = new Set<AbortController>();
  let stopping = false;
  const abortAll = (all: ReadonlySet<AbortController>): void => {
    for (const controller of all) controller.abort();
  };
  return {
    stopping: () => stopping,
    signalOf: (reply, kind) => {
      const controller = new AbortController();
      const among = kind === 'stream' ? streams : works;
      among.add(controller);
      reply.raw.once('close', () => {
        among.delete(controller);
        // After a complete answer there is nothing left to stop.
        if (!reply.raw.writableFinished) controller.abort();
      });
      return controller.signal;
    },
    beginStop: () => {
      stopping = true;
      abortAll(streams);
    },
    abortWork: () => abortAll(works),
  };
}
