import { relative } from 'node:path';
import { ensureFirstOwner } from '../app/people/ensure-first-owner.ts';
import type { Terminal } from '../cli/terminal.ts';
import { demoAccounts } from '../demo/demo-accounts.ts';
import { giveMemoryBack } from './give-memory-back.ts';
import { nextSignal } from './next-signal.ts';
import type { ServerSettings } from './server-settings.ts';
import { isLoopback } from './setting-readers.ts';
import { type RunningServer, startServer } from './start-server.ts';

/** Runs a server until a signal ends it. */
export async function runServer(
  settings: ServerSettings,
  { terminal, version }: { readonly terminal: Terminal; readonly version: string },
): Promise<void> {
  // Whatever this process makes is its own: nobody else on the machine reads it.
  process.umask(0o077);
  const signalled = nextSignal();
  // With the log on stdout, nothing else may be there.
  const out = settings.log === '-' ? terminal.stderr : terminal.stdout;
  const say = (line: string): void => void out.write(`${line}\n`);
  const server = await startServer(settings, { version, say });
  logCrashes(server);
  for (const line of await greeting(server, settings, { version, cwd: terminal.cwd })) say(line);
  giveMemoryBack();
  const signal = await signalled;
  server.log.info('stopping', { signal });
  await server.stop();
}

/** The program reports what nobody caught and ends with 1; here it is also logged, with everything known about it. */
function logCrashes({ log }: RunningServer): void {
  process.prependListener('uncaughtException', (error) => log.error('crashed', error));
}

interface Facts {
  readonly version: string;
  readonly cwd: string;
}

const isReadOnTheWay = (publicUrl: string): boolean => {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'http:' && !isLoopback(hostname);
};

/** The few lines that a person sees. */
async function greeting(
  { hub, demo, publicUrl }: RunningServer,
  settings: ServerSettings,
  { version, cwd }: Facts,
): Promise<readonly string[]> {
  const { owner, dataDir, log } = settings;
  const link = demo ? undefined : await ensureFirstOwner(hub, owner);
  const shown = (path: string): string => {
    const near = relative(cwd, path);
    return near === '' || near.startsWith('..') ? path : near;
  };
  return [
    `Knowngood ${version} at ${publicUrl}`,
    ...(demo ? ['The demo lets in, with these passwords:'] : []),
    ...(demo ? demoAccounts.map(({ email, password }) => `  ${email.padEnd(18)} ${password}`) : []),
    ...(link ? [`There is no owner yet. ${owner} sets a password here, once, within a day:`] : []),
    ...(link ? [`  ${link.url}`] : []),
    ...(isReadOnTheWay(publicUrl) ? ['Without https, passwords and sessions can be read on the way.'] : []),
    `Data in ${shown(dataDir)}, log in ${log === '-' ? 'stdout' : shown(log)}. Ctrl-C stops.`,
  ];
}
