import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
  createServer,
} from 'node:http';
import { text } from 'node:stream/consumers';

/** A real HTTP server on this machine. */
export async function receiver(
  answer: RequestListener,
): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** A message as it arrived. */
export interface Received {
  /** The path with the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Its `webhook-id`. */
  readonly id: string;
  readonly type: string;
  readonly text: string;
}

export interface HookReceiver extends AsyncDisposable {
  readonly url: string;
  /** In the order in which they came. */
  readonly received: readonly Received[];
  /** Resolves when so many have come in all. */
  readonly until: (count: number) => Promise<void>;
}

/** A receiver of webhooks that answers as it is told: a status, or by itself and in its own time. */
export async function hookReceiver(
  answer: (message: Received, index: number, reply: ServerResponse) => number | undefined = () => 204,
): Promise<HookReceiver> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const take = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const { headers, url: path = '' } = request;
    const body = await text(request);
    const said = JSON.parse(body) as { type: string; text: string };
    const message = { path, headers, body, id: String(headers['webhook-id']), ...said };
    const status = answer(message, received.push(message) - 1, reply);
    if (status !== undefined) reply.writeHead(status).end();
    for (const look of waiting) look();
  };
  const server = await receiver((request, reply) => void take(request, reply));
  return {
    url: `http://127.0.0.1:${server.port}/hook/s3cret-path`,
    received,
    until: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (received.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
