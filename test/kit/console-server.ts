import { readServerSettings } from '../../src/bin/server-settings.ts';
import { type RunningServer, startServer } from '../../src/bin/start-server.ts';
import { freshenConsole } from '../../scripts/console-sources.ts';
import { temporaryFolder } from './repository.ts';

/** A real server with the demo project on a port of its own, with the console as it is built from what is here. */
export interface ConsoleServer extends AsyncDisposable {
  readonly origin: string;
  readonly hub: () => RunningServer['hub'];
  /** Stops answering; `start` then starts it on the same data and port, as a restart does. */
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
}

/** Builds the console if need be, makes the demo, and serves both. */
export async function consoleServer(): Promise<ConsoleServer> {
  await freshenConsole(() => undefined);
  // Webhooks may go to a receiver of the test, and projects may be connected to a Git host of it.
  const network = '127.0.0.0/8';
  const outside = { allowWebhookNetwork: network, plainHttpWebhooks: true, plainHttpGit: true };
  const words = {
    data: temporaryFolder('console'),
    port: '0',
    log: '-',
    ...outside,
    allowGitNetwork: network,
  };
  const settings = readServerSettings(words, {}, '/');
  const silent = { version: '0.0.0', say: () => undefined };
  const begin = (port: number) => startServer({ ...settings, port, logLevel: 'silent' }, silent);
  const first = await begin(0);
  const { port } = new URL(first.publicUrl);
  let running: RunningServer | undefined = first;
  const stop = async (): Promise<void> => {
    await running?.stop();
    running = undefined;
  };
  return {
    origin: first.publicUrl,
    hub: () => {
      if (!running) throw new Error('the server is stopped');
      return running.hub;
    },
    stop,
    start: async () => {
      running = await begin(Number(port));
    },
    [Symbol.asyncDispose]: stop,
  };
}
