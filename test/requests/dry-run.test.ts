import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readKubeconfig } from '../../src/agent/kube-access.ts';
import { openKubeApi } from '../../src/agent/kube-api.ts';
import { kubeView } from '../../src/agent/kube-view.ts';
import { runAgent } from '../../src/agent/run-agent.ts';
import { tokenFile } from '../../src/agent/token-file.ts';
import { openAgentServer } from '../../src/agents/agent-server.ts';
import { createCluster } from '../../src/app/clusters/create-cluster.ts';
import { type FakeApiServer, startFakeApiServer } from '../kit/api-server.ts';
import { argoApplication, deployment } from '../kit/cluster-objects.ts';
import { type HubCli, hubCli } from '../kit/hub-cli.ts';
import { actorAgain, projectWith } from '../kit/hub.ts';
import { temporaryFolder } from '../kit/repository.ts';

const layout =
  'apiVersion: knowngood.dev/v1\nkind: Project\nenvironments: [production]\nlayout:\n  - path: tenants/{tenant}/{environment}/{service}/**\n';
const folder = 'tenants/acme/production/web';
const inGit = (image: string) => JSON.stringify(deployment('web', image));
const secret = (password: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData: { password: ${password} }\n`;
const files = (image: string, password: string) => ({
  [`${folder}/deployment.yaml`]: inGit(image),
  [`${folder}/db.yaml`]: secret(password),
});
const words = ['-p', 'shop', '-t', 'acme', '-e', 'production'];

/** A real agent of the fake cluster in front of the real hub. */
async function agentStage(cli: HubCli, server: FakeApiServer) {
  const agents = await openAgentServer(cli.hub, { host: '127.0.0.1', port: 0, onError: () => undefined });
  const { id } = await cli.add('admin', { role: 'admin' });
  const { cluster, token } = await createCluster(cli.hub, await actorAgain(cli.hub, id), { name: 'eu-1' });
  const path = join(temporaryFolder('agent'), 'token');
  const run = (capabilities: readonly string[]) => {
    const over = new AbortController();
    const api = openKubeApi(readKubeconfig(server.kubeconfig));
    const running = runAgent(
      {
        hub: { address: `127.0.0.1:${agents.port}`, tls: undefined },
        token: tokenFile(path),
        registrationToken: token.secret,
        cluster: { name: 'eu-1', provider: '', region: '', environment: '' },
        view: kubeView(api, { cluster: 'eu-1', namespaces: [], fieldDrift: false, clock: Date.now }),
        clock: Date.now,
        log: { info: () => undefined, error: () => undefined },
        version: '1.2.3',
        capabilities,
        intervalSeconds: 3600,
        backoff: { first: 1, most: 50 },
      },
      over.signal,
    );
    return {
      known: async () => {
        const facts = async () => {
          const applications = await cli.hub.store.clusterApplications.of(cluster.id);
          const now = await cli.hub.store.clusters.get(cluster.id);
          return [applications.length, now?.facts.capabilities];
        };
        await expect.poll(facts, { timeout: 30_000 }).toEqual([1, capabilities]);
      },
      stop: async () => {
        over.abort();
        await running;
        api.close();
      },
    };
  };
  return { run, cluster, [Symbol.asyncDispose]: () => agents.stop() };
}

test('a preview asks the cluster by dry run where its agent may, and says what is missing where not', async () => {
  await using cli = await hubCli();
  await using server = await startFakeApiServer();
  const { commits } = await projectWith(cli.hub, [
    { message: 'Good', files: { 'knowngood.yaml': layout, ...files('shop/web:v1', 'hunter2') } },
    { message: 'Bad', files: files('shop/web:v2', 'hunter3') },
  ]);
  await using stage = await agentStage(cli, server);
  await cli.add('jane', { role: 'admin' });
  await server.put(deployment('web', 'shop/web:v2'));
  const source = { repoURL: 'http://localhost:7420/git/shop', path: folder, targetRevision: 'main' };
  const rollback = ['rollback', ...words, '-s', 'web', '--to', commits[0] ?? '', '--dry-run-server'];
  const none = await cli.as('jane', rollback);
  expect(none.stdout).toContain(
    'acme/production/web: not asked, cluster is missing: no Application of a known cluster deploys it',
  );
  await server.put(argoApplication('web', { spec: { source } }));
  const reader = stage.run(['argocd.read', 'observe']);
  await reader.known();
  const unable = await cli.as('jane', rollback);
  expect(unable.stdout).toContain('eu-1, argocd/web: not asked, role is missing: its agent may not ask');
  await reader.stop();
  const asker = stage.run(['k8s.dryrun', 'observe']);
  await asker.known();
  const before = server.asked.length;
  const asked = await cli.as('jane', rollback);
  expect(asked.stdout).toMatch(
    /Server dry-run\n {2}eu-1, argocd\/web\n {4}accepted, and changes: Deployment shop\/web\n {6}#.*\/image: shop\/web:v2 → shop\/web:v1\n {4}not asked: Secret db: Secrets are not sent to agents\n/,
  );
  expect(asked.stdout).not.toContain('hunter');
  expect(asked.stdout).toContain('Dry run: nothing was changed');
  const patches = server.asked.slice(before).filter((line) => line.startsWith('PATCH'));
  expect(patches.length).toBeGreaterThan(0);
  for (const line of patches) expect(line).toContain('?dryRun=All&');
  const back = await cli.as('jane', [
    'undo',
    commits[1] ?? '',
    '-p',
    'shop',
    '--dry-run-server',
    '-o',
    'json',
  ]);
  expect(JSON.parse(back.stdout)).toMatchObject({
    outcome: 'dry-run',
    serverDryRun: { clusters: [{ cluster: 'eu-1', missing: null, objects: [{ outcome: 'changed' }, {}] }] },
  });
  await asker.stop();
  const { items } = await cli.api('jane').call('listAudit', { query: {} });
  const said = items.filter(({ action }) => action === 'cluster.command_requested');
  expect(said).toMatchObject([
    { details: { command: 'dryRunObjects', application: 'web', objects: 1 } },
    { details: { command: 'dryRunObjects' } },
  ]);
  expect(await cli.hub.store.clusterCommands.questionsOpen(stage.cluster.id, cli.hub.clock())).toBe(0);
});
