import { expect, test } from 'vitest';
import { finding, gatewayApp } from '../../../test/kit/cluster-stage.ts';
import { hubCli } from '../../../test/kit/hub-cli.ts';
import { projectWith } from '../../../test/kit/hub.ts';
import { shopHistory } from '../../../test/kit/shop.ts';
import { receiveApplications } from '../../app/clusters/receive-applications.ts';
import { receiveHeartbeat } from '../../app/clusters/receive-heartbeat.ts';
import { receiveDrift, receiveInventory } from '../../app/clusters/receive-report.ts';
import { registerAgent } from '../../app/clusters/register-agent.ts';
import { resolveAgent } from '../../app/clusters/resolve-agent.ts';
import { applicationOf } from '../../domain/cluster/application.test-kit.ts';
import { noFacts } from '../../domain/cluster/cluster.ts';

const now = { reportedAt: undefined };
const inventory = {
  summary: {
    clusterName: 'eu-1',
    namespaceCount: 4,
    nodeCount: 3,
    readyNodeCount: 2,
    podCount: 12,
    deploymentCount: 1,
    kubernetesVersion: 'v1.34.1',
  },
  resources: [
    {
      kind: 'Deployment',
      namespace: 'acme',
      name: 'api-gateway',
      status: '3/3 ready',
      labels: { app: 'api-gateway', 'knowngood.dev/images': 'images.example.com/api-gateway:v2.1.0' },
    },
    { kind: 'DaemonSet', namespace: 'kube-system', name: 'proxy', status: '3/3 ready', labels: {} },
  ],
};

/** A hub with the shop; bob, who may add clusters, and jane, who may look. */
async function stage() {
  const cli = await hubCli();
  const { commits } = await projectWith(cli.hub, shopHistory);
  await cli.add('bob', { role: 'admin' });
  await cli.add('jane', { role: 'member' });
  /** An agent comes in with the token that the command printed, and reports. */
  const join = async (secret: string) => {
    const facts = { ...noFacts, agentVersion: 'v1', capabilities: ['observe', 'argocd.write'] };
    const registered = await registerAgent(cli.hub, { secret, facts });
    const agent = (await resolveAgent(cli.hub, registered.secret))!;
    const applications = [gatewayApp({ liveRevision: commits[2] ?? '', syncPolicy: undefined })];
    const more = applicationOf({ name: 'other', repoUrl: 'https://example.com/other', path: 'a' });
    await receiveApplications(cli.hub, agent, {
      ...now,
      applications: [...applications.map(applicationOf), more],
    });
    await receiveInventory(cli.hub, agent, { ...now, inventory });
    await receiveDrift(cli.hub, agent, { ...now, findings: [finding()] });
    await receiveHeartbeat(cli.hub, agent, {
      clusterId: '',
      agentVersion: 'v1',
      capabilities: facts.capabilities,
      ...now,
    });
  };
  return { ...cli, join };
}

test('a cluster is added with a token that its agent uses, listed, and shown with what it runs', async () => {
  await using cli = await stage();
  expect(await cli.as('jane', ['clusters'])).toMatchObject({
    code: 0,
    stdout: '',
    stderr: expect.stringContaining('knowngood clusters add NAME'),
  });
  const added = await cli.as('bob', ['clusters', 'add', 'eu-1']);
  expect(added).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ghqa_reg_[0-9a-f]{64}\n$/) });
  expect(added.stderr).toContain('knowngood agent --hub');
  expect((await cli.as('jane', ['clusters'])).stdout).toMatch(/eu-1 +waiting /);
  await cli.join(added.stdout.trim());
  const list = await cli.as('jane', ['clusters']);
  expect(list.stdout).toMatch(/^NAME +STATUS +VERSION +NODES +APPLICATIONS +DRIFT +LAST SEEN +RUNS\n/);
  expect(list.stdout).toMatch(/eu-1 +connected +\S+ +2\/3 +2 +1 +\S+ +acme\/production\n/);
  expect(await cli.as('jane', ['clusters', '--status', 'offline'])).toMatchObject({
    stderr: 'No cluster is offline\n',
  });
  const shown = (await cli.as('jane', ['clusters', 'show', 'eu-1'])).stdout;
  expect(shown).toMatch(/Status: +connected\n/);
  expect(shown).toMatch(
    /shop acme\/production +argocd\/acme-production-api-gateway +by repository and path\n/,
  );
});

test('what runs there, its Applications and its drift are listed, with the age of the report', async () => {
  await using cli = await stage();
  await cli.join((await cli.as('bob', ['clusters', 'add', 'eu-1'])).stdout.trim());
  const inventoried = await cli.as('jane', ['clusters', 'inventory', 'eu-1', '-n', 'acme']);
  expect(inventoried.stderr).toMatch(/^2 of 3 nodes ready, 12 pods, 4 namespaces, as reported \S+ ago\n$/);
  expect(inventoried.stdout).toMatch(
    /acme +Deployment +api-gateway +3\/3 ready +images.example.com\/api-gateway:v2.1.0\n$/,
  );
  expect(inventoried.stdout).not.toContain('proxy');
  expect((await cli.as('jane', ['clusters', 'applications', 'eu-1'])).stdout).toMatch(
    /argocd\/acme-production-api-gateway +Synced +Healthy +Manual +\w{8} +shop acme\/production +api-gateway /,
  );
  expect((await cli.as('jane', ['clusters', 'drift', 'eu-1', '-o', 'wide'])).stdout).toMatch(
    /acme +Deployment +api-gateway +replicas are 5, not 3 +- +3 +5 +resource\n/,
  );
  const json = await cli.as('jane', ['clusters', 'drift', 'eu-1', '-o', 'json']);
  expect(JSON.parse(json.stdout)).toMatchObject({
    findings: [{ name: 'api-gateway', desired: '3', live: '5' }],
  });
  const yaml = await cli.as('jane', ['clusters', 'inventory', 'eu-1', '-o', 'yaml']);
  expect(yaml.stdout).toContain('readyNodes: 2');
  expect((await cli.as('jane', ['clusters', 'applications', 'eu-1', '-o', 'name'])).stdout).toContain(
    'argocd/other\n',
  );
});

test('a cluster is bound and unbound by hand, which only those may who add clusters', async () => {
  await using cli = await stage();
  await cli.join((await cli.as('bob', ['clusters', 'add', 'eu-1'])).stdout.trim());
  const where = ['eu-1', '-p', 'shop', '-t', 'acme', '-e', 'staging', '--application', 'argocd/other'];
  expect(await cli.as('jane', ['clusters', 'bind', ...where])).toMatchObject({ code: 4 });
  expect(await cli.as('bob', ['clusters', 'bind', ...where])).toEqual({
    code: 0,
    stdout: '',
    stderr: 'argocd/other in eu-1 runs acme/staging of shop\n',
  });
  const shown = async () => (await cli.as('jane', ['clusters', 'show', 'eu-1'])).stdout;
  expect(await shown()).toMatch(/shop acme\/staging +argocd\/other +said by hand\n/);
  expect(await cli.as('bob', ['clusters', 'unbind', ...where])).toMatchObject({ code: 0 });
  expect(await shown()).not.toContain('staging');
  expect(await cli.as('bob', ['clusters', 'bind', 'eu-1', '-p', 'shop', '-t', 'acme'])).toMatchObject({
    code: 2,
  });
});

test('an Application is asked to sync, a lost token is replaced, and a cluster goes with a yes', async () => {
  await using cli = await stage();
  await cli.join((await cli.as('bob', ['clusters', 'add', 'eu-1'])).stdout.trim());
  const sync = ['clusters', 'sync', 'eu-1', 'argocd/acme-production-api-gateway'];
  expect(await cli.as('bob', sync)).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('is asked to sync'),
  });
  expect(await cli.as('bob', ['clusters', 'sync', 'eu-1', 'argocd/none'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('reports no Application argocd/none'),
  });
  expect((await cli.as('bob', ['clusters', 'token', 'eu-1'])).stdout).toMatch(/^ghqa_reg_\w{64}\n$/);
  expect(await cli.as('bob', ['clusters', 'show', 'eu-2'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no cluster here is called eu-2; did you mean eu-1?'),
  });
  expect(await cli.as('bob', ['clusters', 'delete', 'eu-1'])).toMatchObject({ code: 2 });
  expect(await cli.as('bob', ['clusters', 'delete', 'eu-1', '--yes'])).toEqual({
    code: 0,
    stdout: '',
    stderr: 'Cluster eu-1 is removed\n',
  });
  expect((await cli.as('jane', ['clusters', '-o', 'name'])).stdout).toBe('');
});
