import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { eventStream } from './events.ts';
import type { EventFeed, FeedEvent } from './handler.ts';
import { bearer, testServer } from './server.test-kit.ts';

const eventAt = (id: number, project = 'shop'): FeedEvent => ({
  id,
  event: () =>
    Promise.resolve({
      type: 'request.completed',
      at: '2026-11-20T14:02:00Z',
      project,
      object: { type: 'request', id: `rbk-${id}` },
      requestId: `rbk-${id}`,
      state: 'completed',
    }),
});

/** A feed that keeps events and tells listeners, as the hub does. */
function makeFeed(visible: EventFeed['visible'] = () => Promise.resolve(true)) {
  const kept: FeedEvent[] = [];
  const listeners = new Set<(event: FeedEvent) => void>();
  const feed: EventFeed = {
    since: (id) => Promise.resolve({ events: kept.filter((event) => event.id > id), complete: true }),
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    visible,
  };
  const happen = (event: FeedEvent): void => {
    kept.push(event);
    for (const listener of listeners) listener(event);
  };
  return { feed, happen, listeners };
}

const settings = { heartbeatMilliseconds: 20, backlog: 10, signal: new AbortController().signal };

/** The next pieces that are events, as their ids. */
async function nextIds(stream: AsyncGenerator<string>, count: number): Promise<number[]> {
  const ids: number[] = [];
  while (ids.length < count) {
    const { value, done } = await stream.next();
    if (done === true) break;
    const id = /^id: (\d+)$/m.exec(value)?.[1];
    if (id !== undefined) ids.push(Number(id));
  }
  return ids;
}

test('an event for which more has to be looked up is not overtaken and lost', async () => {
  const { feed, happen } = makeFeed();
  const stream = eventStream(feed, { ...settings, lastEventId: undefined });
  await stream.next();
  const lookedUp = Promise.withResolvers<undefined>();
  const { event } = eventAt(1);
  happen({ id: 1, event: () => lookedUp.promise.then(event) });
  happen(eventAt(2));
  const ids = nextIds(stream, 2);
  lookedUp.resolve(undefined);
  expect(await ids).toEqual([1, 2]);
  await stream.return(undefined);
});

test('a stream whose event cannot be told breaks off before it, so that its client comes back for it', async () => {
  const { feed, happen } = makeFeed();
  const stream = eventStream(feed, { ...settings, lastEventId: undefined });
  await stream.next();
  happen(eventAt(1));
  happen({ id: 2, event: () => Promise.reject(new Error('the database is away')) });
  expect(await nextIds(stream, 1)).toEqual([1]);
  await expect(stream.next()).rejects.toThrow('the database is away');
});

test('a stream goes on after the last event seen, in order and without doubles', async () => {
  const { feed, happen } = makeFeed();
  for (const id of [1, 2, 3]) happen(eventAt(id));
  const slow: EventFeed = {
    ...feed,
    // It happens while the look back is on its way: it is in both.
    since: async (id) => {
      happen(eventAt(4));
      return feed.since(id);
    },
  };
  const stream = eventStream(slow, { ...settings, lastEventId: '1' });
  expect(await nextIds(stream, 3)).toEqual([2, 3, 4]);
  happen(eventAt(5));
  expect(await nextIds(stream, 1)).toEqual([5]);
  await stream.return(undefined);
});

test('what somebody may not see is left out, and a lost sign-in ends the stream', async () => {
  const { feed, happen, listeners } = makeFeed(async (event) =>
    event.id === 9 ? 'end' : (await event.event()).project === 'shop',
  );
  const stream = eventStream(feed, { ...settings, lastEventId: undefined });
  expect((await stream.next()).value).toBe('retry: 2000\n\n');
  for (const [id, project] of [
    [1, 'shop'],
    [2, 'other'],
    [3, 'shop'],
    [9, 'shop'],
    [10, 'shop'],
  ] as const)
    happen(eventAt(id, project));
  expect(await nextIds(stream, 10)).toEqual([1, 3]);
  expect(listeners.size).toBe(0);
});

test('a heartbeat fills the silence', async () => {
  const stream = eventStream(makeFeed().feed, { ...settings, lastEventId: undefined });
  await stream.next();
  expect((await stream.next()).value).toBe(': heartbeat\n\n');
  await stream.return(undefined);
});

test('an id that cannot be gone on from makes the client load anew', async () => {
  for (const lastEventId of ['abc', '-1', '99999999999999999999']) {
    const stream = eventStream(makeFeed().feed, { ...settings, lastEventId });
    await stream.next();
    expect((await stream.next()).value).toBe('event: reset\ndata: {}\n\n');
    await stream.return(undefined);
  }
});

test('a client that falls too far behind is cut off instead of filling the memory', async () => {
  const { feed, happen, listeners } = makeFeed();
  const stream = eventStream(feed, { ...settings, lastEventId: undefined });
  await stream.next();
  for (let id = 1; id <= 100; id++) happen(eventAt(id));
  expect(await nextIds(stream, 100)).toEqual([]);
  expect(listeners.size).toBe(0);
});

async function listening(feed: EventFeed) {
  const server = testServer(
    { streamEvents: () => Promise.resolve(feed) },
    { limits: { heartbeatMilliseconds: 50 } },
  );
  await server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const address = server.fastify.server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}

test('over HTTP, events arrive as they happen and the listener goes with the client', async () => {
  const { feed, happen, listeners } = makeFeed();
  const { server, port } = await listening(feed);
  await using _ = server;
  const answer = await fetch(`http://127.0.0.1:${port}/api/v2/events`, { headers: bearer('vera') });
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader.read()).value).toBe('retry: 2000\n\n');
  happen(eventAt(1));
  let text = '';
  while (!text.includes('rbk-1')) text += (await reader.read()).value ?? '';
  expect(text).toContain('event: request.completed\ndata: {"type":"request.completed"');
  await reader.cancel();
  while (listeners.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(listeners.size).toBe(0);
});

test('stopping ends streams at once', async () => {
  const { server, port } = await listening(makeFeed().feed);
  const socket = connect(port, '127.0.0.1');
  socket.write('GET /api/v2/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer vera-secret\r\n\r\n');
  const ended = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('data', resolve));
  const started = performance.now();
  await server.stop();
  await ended;
  expect(performance.now() - started).toBeLessThan(1_400);
});
