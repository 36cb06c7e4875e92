import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentLog } from '../agent/agent-parts.ts';
import { runAgent, usualBackoff, usualInterval } from '../agent/run-agent.ts';
import { tokenFile } from '../agent/token-file.ts';
import { soonerOf } from '../agent/wait.ts';
import type { Hub } from '../app/hub.ts';
import { prepareDemoCluster } from './demo-cluster-tokens.ts';
import { followShop } from './follow-shop.ts';
import { openShopMirror } from './pull-shop.ts';
import { simulatedCluster, simulatedName } from './simulated-cluster.ts';
import { simulatedView } from './simulated-view.ts';

/** How the simulated cluster reaches the server that shows it, as any cluster would. */
export interface DemoServer {
  /** A folder of its own: for its tokens and its copy of the repository. */
  readonly folder: string;
  readonly http: Port;
  readonly agents: Port;
  readonly version: string;
  readonly log: AgentLog;
}

interface Port {
  readonly address: string;
  readonly port: number;
}

/** Milliseconds after which a cluster whose repository cannot be read reports all the same: that there is nothing. */
const longestFirstLook = 10_000;

/**
 * Starts a cluster that is made up, for the tour: it pulls the shop with git, moves through sync and health, and
 * reports by `agent.v1` to the agent port. The hub marks it as simulated; so do its name and its provider. What goes
 * wrong is logged: a demo without its cluster is still one.
 */
export function startDemoCluster(hub: Hub, server: DemoServer): { readonly stop: () => Promise<void> } {
  const over = new AbortController();
  const running = run(hub, server, over.signal).catch((error: unknown) =>
    server.log.error('the simulated cluster has stopped', error),
  );
  return {
    stop: async () => {
      over.abort();
      await running;
    },
  };
}

async function run(hub: Hub, server: DemoServer, signal: AbortSignal): Promise<void> {
  const { folder, http, agents, log } = server;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const tokens = { agent: tokenFile(join(folder, 'agent.token')), git: tokenFile(join(folder, 'git.token')) };
  const registrationToken = await prepareDemoCluster(hub, tokens);
  const url = `http://localhost:${http.port}/git/shop`;
  const mirror = await openShopMirror(folder, { url, ...http, token: tokens.git.read() ?? '' });
  const cluster = simulatedCluster({ repoUrl: `${hub.settings.publicUrl}/git/shop`, clock: hub.clock });
  const shop = followShop(hub, { mirror, cluster, log });
  try {
    // Its first report is of a cluster that runs already.
    await soonerOf(shop.first, longestFirstLook, signal);
    await runAgent(
      {
        hub: { address: hostAndPort(agents), tls: undefined },
        token: tokens.agent,
        registrationToken,
        cluster: { name: simulatedName, provider: simulatedName, region: '', environment: simulatedName },
        view: simulatedView(cluster, shop),
        clock: hub.clock,
        log,
        version: server.version,
        capabilities: ['observe', 'argocd.read', 'argocd.write', 'argocd.refresh', 'token.rotate'],
        intervalSeconds: usualInterval,
        backoff: usualBackoff,
      },
      signal,
    );
  } finally {
    await shop.stop();
    await mirror.close();
  }
}

const hostAndPort = ({ address, port }: Port): string =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`;
