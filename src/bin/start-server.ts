import { join } from 'node:path';
import { Registry, collectDefaultMetrics } from 'prom-client';
import { type AgentServer, openAgentServer } from '../agents/agent-server.ts';
import { type GitServer, openGitServer } from '../app/git/serve-git.ts';
import { type HubSettings, defaultHubSettings } from '../app/hub.ts';
import { type OpenHub, openHub } from '../app/open-hub.ts';
import { proveSecretKey } from '../app/prove-secret-key.ts';
import { refusing } from '../app/refuse-git.ts';
import { upstreamHooks } from '../app/projects/receive-upstream-hook.ts';
import { demoAccounts } from '../demo/demo-accounts.ts';
import { type DemoServer, startDemoCluster } from '../demo/start-demo-cluster.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { proveGit } from '../git/repository.ts';
import { type HubServer, buildServer } from '../http/build-server.ts';
import { answersAgain } from '../http/handlers/answers-again.ts';
import { door } from '../http/handlers/door.ts';
import { hubHandlers } from '../http/handlers/hub-handlers.ts';
import { idempotencyKeys } from '../http/handlers/idempotency-keys.ts';
import { countOutbox } from '../http/outbox-metrics.ts';
import { type BackgroundWork, recoverWork, startBackgroundWork } from './background-work.ts';
import { openDataFolder } from './data-folder.ts';
import { decideDemo, prepareDemo } from './first-start.ts';
import { readOidcSettings } from './oidc-settings.ts';
import { readConsole } from './read-console.ts';
import { mostAuthBytes, readRegistryAuth, withCredentials } from './registry-auth.ts';
import { loadSecretKey } from './secret-key.ts';
import { type ServerLog, openServerLog } from './server-log.ts';
import type { ServerSettings } from './server-settings.ts';
import { isLoopback } from './setting-readers.ts';
import { readSettingFile, readSettingText, readShortFile } from './setting-files.ts';

/** A server that answers. */
export interface RunningServer {
  readonly hub: OpenHub;
  readonly log: ServerLog;
  /** Where people reach it. */
  readonly publicUrl: string;
  /** The port that cluster agents connect to. */
  readonly agentPort: number;
  readonly demo: boolean;
  /** Lets what runs finish within the grace, and gives the data free. */
  readonly stop: () => Promise<void>;
}

/** The program around the server. */
export interface Program {
  readonly version: string;
  /** Told, in a line, what takes its time. */
  readonly say: (line: string) => void;
}

/** Milliseconds that running calls get when the server stops: all of it may take two seconds. */
const grace = 1200;

type Undo = () => void | Promise<void>;

/** Starts a server in the order that recovery needs; when a step fails, those before it are taken back. */
export async function startServer(settings: ServerSettings, program: Program): Promise<RunningServer> {
  const undo: Undo[] = [];
  const takeBack = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    return { ...(await startParts(settings, program, undo)), stop: takeBack };
  } catch (error) {
    await takeBack();
    throw error;
  }
}

async function startParts(
  settings: ServerSettings,
  { version, say }: Program,
  undo: Undo[],
): Promise<Omit<RunningServer, 'stop'>> {
  const lock = openDataFolder(settings.dataDir);
  undo.push(lock.release);
  const log = openServerLog(settings.log, settings.logLevel);
  undo.push(() => {
    log.info('stopped');
    log.close();
  });
  await refusing(proveGit)(settings.dataDir);
  const secretKey = await loadSecretKey(settings.dataDir, settings.secretKey);
  const hubSettings = hubSettingsOf(settings);
  const hub = await openHub({
    database: settings.database,
    settings: hubSettings,
    clock: Date.now,
    secretKey,
  });
  undo.push(hub.close);
  await proveSecretKey(hub);
  const demo = await decideDemo(hub, settings);
  // Known only now, and before anybody asks.
  if (demo) Object.assign(hubSettings, demoSettings(hubSettings));
  await recoverWork(hub, log);
  if (demo) await prepareDemo(hub, say);
  const git = await openGitServer(hub, (error) => log.error('a push failed', error));
  undo.push(git.close);
  const background = await startBackgroundWork(hub, log);
  undo.push(background.stop);
  const server = serverOver(hub, { settings, version, log, git, background });
  // Together: none needs another, and the time to stop is short.
  const open: { readonly stop: () => Promise<void> }[] = [server, background];
  undo.push(async () => void (await Promise.all(open.map(({ stop }) => stop()))));
  const port = await listen(server, settings);
  hubSettings.publicUrl = publicUrlOf(settings, port);
  const { publicUrl } = hubSettings;
  const agents = await listenForAgents(hub, settings, log);
  open.push(agents);
  hubSettings.agentAddress = `${new URL(publicUrl).hostname}:${agents.port}`;
  // The cluster of a demo trusts no certificate: both ports have to answer without TLS.
  if (demo && !settings.tls && !settings.agents.tls)
    open.push(startDemoCluster(hub, demoServer(settings, { port, agentPort: agents.port, version, log })));
  log.info('listening', { host: settings.host, port, version, publicUrl, agentPort: agents.port });
  return { hub, log, demo, publicUrl, agentPort: agents.port };
}

const listenForAgents = (hub: OpenHub, { agents }: ServerSettings, log: ServerLog): Promise<AgentServer> =>
  openAgentServer(hub, {
    host: agents.host,
    port: agents.port,
    tls: agents.tls && { key: readSettingFile(agents.tls.key), cert: readSettingFile(agents.tls.cert) },
    onError: (error, cluster) => log.error('an agent could not be served', error, { cluster }),
  });

/** Whoever is shown around does not wait for a minute to see that a recovery lasts. */
const demoSettings = ({ signIn, verification }: HubSettings): Partial<HubSettings> => ({
  signIn: { ...signIn, demoAccounts },
  verification: { ...verification, settle: 5000 },
});

/** This machine's name for an address to listen on. */
const ownAddress = (host: string): string =>
  ['localhost', '0.0.0.0'].includes(host.toLowerCase()) ? '127.0.0.1' : host === '::' ? '::1' : host;

const demoServer = (
  { dataDir, host, agents }: ServerSettings,
  {
    port,
    agentPort,
    version,
    log,
  }: { readonly port: number; readonly agentPort: number } & Pick<Parts, 'version' | 'log'>,
): DemoServer => ({
  folder: join(dataDir, 'demo-cluster'),
  http: { address: ownAddress(host), port },
  agents: { address: ownAddress(agents.host), port: agentPort },
  version,
  log,
});

type Changeable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Ours to complete while the server starts: the port, and whether this is a demo, are known last. */
function hubSettingsOf(settings: ServerSettings): Changeable<HubSettings> {
  const { oidc, registryAuth } = settings;
  const setting = oidc && ('setting' in oidc ? oidc.setting : 'KNOWNGOOD_OIDC');
  return {
    ...defaultHubSettings,
    publicUrl: publicUrlOf(settings, settings.port),
    dataDir: settings.dataDir,
    plan: settings.plan,
    switchedOff: settings.switchedOff,
    committer: settings.committer,
    signingKey: settings.signingKey,
    gitHosts: settings.gitHosts,
    webhooks: settings.webhooks,
    registries: withCredentials(
      settings.registries,
      registryAuth
        ? readRegistryAuth(registryAuth.setting, readShortFile(registryAuth, mostAuthBytes))
        : new Map(),
    ),
    signIn: {
      password: settings.passwordSignIn,
      oidc: oidc && setting !== undefined ? readOidcSettings(setting, readSettingText(oidc)) : [],
      demoAccounts: [],
    },
  };
}

function publicUrlOf({ publicUrl, host, tls }: ServerSettings, port: number): string {
  if (publicUrl !== undefined) return publicUrl;
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = isLoopback(host) || everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return new URL(`${tls ? 'https' : 'http'}://${name}:${port}`).origin;
}

interface Parts {
  readonly settings: ServerSettings;
  readonly version: string;
  readonly log: ServerLog;
  readonly git: GitServer;
  readonly background: BackgroundWork;
}

function serverOver(hub: OpenHub, { settings, version, log, git, background }: Parts): HubServer {
  const { tls, trustedProxies, metricsToken } = settings;
  const console = readConsole();
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  countOutbox(registry, hub.store.outbox.counts);
  return buildServer({
    ...door(hub),
    handlers: hubHandlers(hub, { version, events: background.events }),
    answersAgain: answersAgain(hub),
    idempotencyKeys: idempotencyKeys(hub),
    serveGit: git.serve,
    receiveHook: upstreamHooks(hub, (error, project) => log.error('fetching failed', error, { project })),
    readiness: async () => ({ database: await whyNot(hub.store.check()) }),
    clock: hub.clock,
    log: log.sink,
    registry,
    publicUrl: hub.settings.publicUrl,
    limits: { grace },
    ...(trustedProxies.length > 0 ? { trustedProxies } : {}),
    ...(metricsToken ? { metricsToken: readSettingText(metricsToken).trim() } : {}),
    ...(console ? { console } : {}),
    ...(tls ? { tls: { key: readSettingFile(tls.key), cert: readSettingFile(tls.cert) } } : {}),
  });
}

const whyNot = (check: Promise<void>): Promise<string | undefined> =>
  check.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

/** The port it listens on. Throws `listen_failed`. */
async function listen({ fastify }: HubServer, { host, port }: ServerSettings): Promise<number> {
  try {
    await fastify.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const reason = code === 'EADDRINUSE' ? 'another program has it; choose another with --port' : code;
    throw new Refusal('listen_failed', { host, port, reason });
  }
  const address = fastify.server.address();
  return typeof address === 'object' && address ? address.port : port;
}
