import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Landing } from '../cli/hub-access.ts';

const page = 'You can close this page. The command line says how signing in went.\n';

/** As long as the server lets a sign-in take. */
const patience = 15 * 60_000;

/** Listens on a free port that only this machine reaches, for the one request that `expects` knows. */
export async function openLanding(expects: (url: URL) => boolean): Promise<Landing> {
  const { promise: arrival, resolve } = Promise.withResolvers<URL | undefined>();
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    const url = URL.parse(request.url ?? '', address);
    // A name that leads here is somebody else's page.
    const known = request.method === 'GET' && request.headers.host === new URL(address).host;
    const expected = known && url?.origin === new URL(address).origin && expects(url);
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
    response.writeHead(expected ? 200 : 404, { ...headers, connection: 'close' });
    response.end(expected ? page : 'Nothing is here.\n', () => {
      if (expected) resolve(url);
    });
  });
  await new Promise<void>((opened, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', opened);
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const timer = setTimeout(() => resolve(undefined), patience);
  return {
    address,
    arrival,
    close: async () => {
      clearTimeout(timer);
      resolve(undefined);
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
