import type { Agent } from '../../src/app/clusters/agent.ts';
import { createCluster } from '../../src/app/clusters/create-cluster.ts';
import { receiveApplications } from '../../src/app/clusters/receive-applications.ts';
import { receiveHeartbeat } from '../../src/app/clusters/receive-heartbeat.ts';
import { receiveDrift, receiveInventory } from '../../src/app/clusters/receive-report.ts';
import { registerAgent } from '../../src/app/clusters/register-agent.ts';
import { resolveAgent } from '../../src/app/clusters/resolve-agent.ts';
import type { Application, DriftFinding, InventoryResource } from '../../src/domain/cluster/application.ts';
import { applicationOf } from '../../src/domain/cluster/application.test-kit.ts';
import { noFacts } from '../../src/domain/cluster/cluster.ts';
import type { EnvironmentPolicy } from '../../src/domain/policy/policy.ts';
import { type HubTestOptions, type TestHub, makeHub } from './hub.ts';
import type { TestDatabase } from './databases.ts';
import { type Shop, makeShop } from './shop.ts';

/** Minutes in milliseconds. */
export const minutes = (count: number): number => count * 60_000;

/** A hub whose clock stands still until a test moves it, the shop in it, and a cluster with its agent. */
export interface ClusterStage extends AsyncDisposable {
  readonly hub: TestHub;
  readonly clock: { now: number };
  readonly shop: Shop;
  readonly agent: Agent;
  /** The agent says these Applications, at this moment unless told otherwise. */
  readonly report: (applications: readonly Partial<Application>[], at?: number) => Promise<string>;
  readonly drift: (findings: readonly Partial<DriftFinding>[], at?: number) => Promise<string>;
  readonly inventory: (resources: readonly InventoryResource[]) => Promise<string>;
  readonly beat: () => Promise<void>;
}

/** The Application of a service of acme/production, as the hub's own repository has it. */
export const gatewayApp = (said: Partial<Application> = {}): Partial<Application> => ({
  name: 'acme-production-api-gateway',
  repoUrl: 'http://localhost:7420/git/shop',
  path: 'tenants/acme/production/api-gateway',
  ...said,
});

export const finding = (said: Partial<DriftFinding> = {}): DriftFinding => ({
  id: 'one',
  severity: 'warning',
  scope: 'resource',
  kind: 'Deployment',
  namespace: 'acme',
  name: 'api-gateway',
  summary: 'replicas are 5, not 3',
  desiredVersion: '3',
  liveVersion: '5',
  detectedAt: undefined,
  ...said,
});

const noSummary = {
  clusterName: 'eu-1',
  namespaceCount: 0,
  nodeCount: 0,
  readyNodeCount: 0,
  podCount: 0,
  deploymentCount: 0,
  kubernetesVersion: '',
};

/** Another cluster with its agent, as the hub knows it. */
export async function joinCluster(hub: TestHub, shop: Shop, name: string): Promise<Agent> {
  const { token } = await createCluster(hub, shop.jane, { name });
  const facts = { ...noFacts, agentVersion: 'v1', capabilities: ['observe', 'argocd.write'] };
  const { secret } = await registerAgent(hub, { secret: token.secret, facts });
  const agent = await resolveAgent(hub, secret);
  if (!agent) throw new Error('the agent is not known');
  return agent;
}

export async function clusterStage(
  of: {
    readonly policy?: Partial<EnvironmentPolicy>;
    readonly database?: TestDatabase;
    readonly settings?: HubTestOptions['settings'];
  } = {},
): Promise<ClusterStage> {
  const clock = { now: Date.UTC(2026, 10, 20, 14) };
  const { database, settings } = of;
  const hub = await makeHub({
    clock: () => clock.now,
    ...(database ? { database } : {}),
    ...(settings ? { settings } : {}),
  });
  const shop = await makeShop(hub, of.policy);
  const agent = await joinCluster(hub, shop, 'eu-1');
  return {
    hub,
    clock,
    shop,
    agent,
    report: (applications, at = clock.now) =>
      receiveApplications(hub, agent, { applications: applications.map(applicationOf), reportedAt: at }),
    drift: (findings, at = clock.now) =>
      receiveDrift(hub, agent, { findings: findings.map(finding), reportedAt: at }),
    inventory: (resources) =>
      receiveInventory(hub, agent, { inventory: { summary: noSummary, resources }, reportedAt: clock.now }),
    beat: () => {
      const { agentVersion, capabilities } = agent.cluster.facts;
      return receiveHeartbeat(hub, agent, {
        clusterId: '',
        agentVersion,
        capabilities,
        reportedAt: clock.now,
      });
    },
    [Symbol.asyncDispose]: () => hub.close(),
  };
}
