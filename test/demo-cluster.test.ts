import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listDeployments } from '../src/app/deployments/list-deployments.ts';
import { reviewRequest } from '../src/app/requests/review-request.ts';
import { submitRollback } from '../src/app/requests/submit-request.ts';
import { readServerSettings } from '../src/bin/server-settings.ts';
import { type RunningServer, startServer } from '../src/bin/start-server.ts';
import type { Actor } from '../src/domain/people/actor.ts';
import { type TestHub, actorAgain } from './kit/hub.ts';
import { temporaryFolder } from './kit/repository.ts';

const data = temporaryFolder('demo-cluster');
const start = (): Promise<RunningServer> =>
  startServer(readServerSettings({ port: '0', data }, {}, '/'), { version: '1.2.3', say: () => undefined });

let server: RunningServer;
beforeAll(async () => {
  server = await start();
});
afterAll(() => server.stop());

const clusterNow = async () => (await server.hub.store.clusters.list({ limit: 10 }))[0];
async function gateway() {
  const { id = '' } = (await clusterNow()) ?? {};
  const all = await server.hub.store.clusterApplications.of(id);
  return all.find(({ application }) => application.name === 'acme-production-api-gateway');
}
async function personOf(name: string): Promise<Actor> {
  const account = await server.hub.store.accounts.byLogin(`${name}@example.com`);
  return actorAgain(server.hub as TestHub, account?.id ?? '');
}

const patient = { timeout: 30_000, interval: 50 };

test('the demo has a cluster that says that it is simulated, and what is wrong in it', async () => {
  await expect.poll(gateway, patient).toMatchObject({
    application: {
      healthStatus: 'Degraded',
      syncStatus: 'Synced',
      path: 'tenants/acme/production/api-gateway',
    },
    bound: { tenant: 'acme', environment: 'production', service: 'api-gateway' },
  });
  expect(await clusterNow()).toMatchObject({
    name: 'simulated',
    simulated: true,
    facts: { provider: 'simulated' },
  });
  for (const name of ['agent.token', 'git.token'])
    expect(statSync(join(data, 'demo-cluster', name)).mode & 0o777).toBe(0o600);
});

test('a rollback reaches it: it syncs to the commit, is healthy, and that is verified', async () => {
  await expect.poll(gateway, patient).toBeDefined();
  const [jane, bob] = [await personOf('jane'), await personOf('bob')];
  const place = { slug: 'shop', tenant: 'acme', environment: 'production', service: 'api-gateway' } as const;
  const { deployments } = await listDeployments(server.hub, jane, place);
  const { id, digest } = await submitRollback(server.hub, jane, {
    ...place,
    mode: 'service',
    targetSha: deployments[1]?.revision,
    justification: 'api-gateway v2.1.0 crashes',
  });
  const vote = { id, decision: 'approve', digest, comment: undefined } as const;
  const { commit } = (await reviewRequest(server.hub, bob, vote)) as { readonly commit?: string };
  const seen = new Set<string>();
  await expect
    .poll(async () => {
      const { application } = (await gateway()) ?? {};
      seen.add(`${application?.syncStatus} ${application?.healthStatus}`);
      return [application?.healthStatus, application?.liveRevision];
    }, patient)
    .toEqual(['Healthy', commit]);
  expect([...seen]).toContain('Synced Progressing');
  const verdict = async () => (await server.hub.store.verifications.get(id))?.state;
  await expect.poll(verdict, patient).toBe('verified');
});

test('a second start changes nothing, and both stop with their server', async () => {
  await expect.poll(gateway, patient).toBeDefined();
  await server.stop();
  const joinedAt = async () => (await clusterNow())?.joinedAt;
  server = await start();
  const [before, head] = [await joinedAt(), await server.hub.store.audit.head()];
  const started = server.hub.clock();
  await expect.poll(async () => ((await clusterNow())?.seenAt ?? 0) > started, patient).toBe(true);
  expect(await joinedAt()).toBe(before);
  expect(await server.hub.store.audit.head()).toEqual(head);
});
