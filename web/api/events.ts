import type { QueryClient } from '@tanstack/react-query';
import { type HubEvent, hubEvent } from '../../src/contract/instance.ts';
import { auditActions } from '../../src/domain/audit/audit-action.ts';
import { client } from './client.ts';

/** `live`: events come in. `polling`: they do not; pages ask by themselves until the stream is back. */
export type Connection = 'connecting' | 'live' | 'polling';

/** The stream of events while somebody is signed in. */
export interface EventStream {
  readonly connection: () => Connection;
  readonly subscribe: (listener: () => void) => () => void;
  readonly stop: () => void;
}

const pollEvery = 10_000;
const retryEvery = 2_000;
/** Milliseconds until a stream that does not open counts as broken. */
const patience = 10_000;

const everything = { project: null };

const slugOf = (input: unknown): string | undefined =>
  (input as { readonly params?: { readonly slug?: string } } | undefined)?.params?.slug;

/** Whether an answer may be old after an event: all of the same project, and all that belong to none. */
export const isTouched = (queryKey: readonly unknown[], event: Pick<HubEvent, 'project'>): boolean => {
  const slug = slugOf(queryKey[1]);
  return slug === undefined || event.project === null || slug === event.project;
};

/** Asks again for what is shown and may be old after an event; answers that never change are left alone. */
export const refresh = (queries: QueryClient, event: Pick<HubEvent, 'project'> = everything): Promise<void> =>
  queries.invalidateQueries({
    predicate: ({ queryKey, meta }) => meta?.['fixed'] !== true && isTouched(queryKey, event),
  });

function readEvent(message: MessageEvent<unknown>): Pick<HubEvent, 'project'> {
  if (typeof message.data !== 'string') return everything;
  const parsed = hubEvent.safeParse(JSON.parse(message.data));
  return parsed.success ? parsed.data : everything;
}

interface Watch {
  readonly queries: QueryClient;
  readonly connection: () => Connection;
  readonly become: (next: Connection) => void;
}

/** Opens the stream, and again whenever it breaks. Returns what ends that. */
function listen({ queries, connection, become }: Watch): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    const stream = new EventSource(client.url('streamEvents'));
    source = stream;
    // A proxy that holds the stream back never says that it is open.
    timer = setTimeout(() => become('polling'), patience);
    const hear = (message: MessageEvent<unknown>): void => void refresh(queries, readEvent(message));
    for (const action of [...auditActions, 'reset']) stream.addEventListener(action, hear);
    stream.addEventListener('open', () => {
      clearTimeout(timer);
      // What happened in between is not told again after a restart.
      if (connection() === 'polling') void refresh(queries);
      become('live');
    });
    stream.addEventListener('error', () => {
      clearTimeout(timer);
      become('polling');
      // The browser gives up after an answer that is no stream, such as 503 of a hub that stops.
      if (stream.readyState === EventSource.CLOSED) timer = setTimeout(open, retryEvery);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/**
 * Asks again for what events say is old. While the stream is broken, everything is asked for every ten seconds; while
 * nobody sees the page, nothing is: browsers allow few connections to one server, and people have many tabs.
 */
export function openEventStream(queries: QueryClient): EventStream {
  const listeners = new Set<() => void>();
  let connection: Connection = 'connecting';
  const become = (next: Connection): void => {
    if (next === connection) return;
    connection = next;
    for (const listener of listeners) listener();
  };
  const watch: Watch = { queries, connection: () => connection, become };
  let end: (() => void) | undefined = listen(watch);
  const sleepOrWake = (): void => {
    end?.();
    end = undefined;
    if (document.hidden) return;
    void refresh(queries);
    end = listen(watch);
  };
  document.addEventListener('visibilitychange', sleepOrWake);
  const poll = setInterval(() => {
    if (connection === 'polling' && !document.hidden) void refresh(queries);
  }, pollEvery);
  return {
    connection: () => connection,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      document.removeEventListener('visibilitychange', sleepOrWake);
      clearInterval(poll);
      end?.();
    },
  };
}
