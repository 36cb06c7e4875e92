import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeToken } from '../src/app/people/make-token.ts';
import { readServerSettings } from '../src/bin/server-settings.ts';
import { type RunningServer, startServer } from '../src/bin/start-server.ts';
import { type Actor, tokenScopes } from '../src/domain/people/actor.ts';
import { type TestHub, actorAgain } from './kit/hub.ts';
import { temporaryFolder } from './kit/repository.ts';
import { runLocal } from './kit/run-local.ts';

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

/** The command line in front of the demo, as one of its people. */
async function cliOf(name: string) {
  const actor = await personOf(name);
  const wish = { name: 'test', scopes: tokenScopes, accountId: actor.id };
  const { secret } = await server.hub.store.tx((tx) => makeToken(server.hub, tx, actor, wish));
  const env = { KNOWNGOOD_SERVER: server.publicUrl, KNOWNGOOD_TOKEN: secret, KNOWNGOOD_PROJECT: 'shop' };
  return (words: readonly string[]) =>
    runLocal(words, { env: { ...env, KNOWNGOOD_CONFIG: join(temporaryFolder('config'), 'config.json') } });
}

const newest = async () => (await server.hub.store.requests.list({}, { limit: 1 }))[0];
const verdict = async (id: string) => (await server.hub.store.verifications.get(id))?.state;

test('a rollback from the command line with --wait goes from Degraded to verified, and ends with 0 only then', async () => {
  await expect.poll(gateway, patient).toMatchObject({ application: { healthStatus: 'Degraded' } });
  const [jane, bob] = [await cliOf('jane'), await cliOf('bob')];
  const place = ['-t', 'acme', '-e', 'production', '--service', 'api-gateway'];
  const before = (await newest())?.id;
  let result: Awaited<ReturnType<typeof jane>> | undefined;
  const command = jane([
    'rollback',
    ...place,
    '-m',
    'v2.1.0 crashes',
    '--yes',
    '--wait',
    '--timeout',
    '120',
  ]).then((ended) => (result = ended));
  await expect.poll(async () => (await newest())?.id, patient).not.toBe(before);
  const id = (await newest())?.id ?? '';
  expect(result).toBeUndefined();
  expect(await bob(['approve', id, '--yes'])).toMatchObject({ code: 0 });
  const { commit } = (await newest()) ?? {};
  const early = new Set<string>();
  const health = new Set<string>();
  await expect
    .poll(
      async () => {
        const { application } = (await gateway()) ?? {};
        health.add(
          `${application?.healthStatus} ${application?.liveRevision === commit ? 'ours' : 'before'}`,
        );
        // First the command, then the verdict: whoever saw it end must see the proof.
        const over = result !== undefined;
        const state = await verdict(id);
        if (over && state !== 'verified') early.add(String(state));
        return over;
      },
      { ...patient, timeout: 90_000 },
    )
    .toBe(true);
  expect([...early]).toEqual([]);
  expect([...health]).toEqual(
    expect.arrayContaining(['Degraded before', 'Progressing ours', 'Healthy ours']),
  );
  expect(await command).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('verified: every Application runs this change, in sync and healthy'),
  });
  // The simulated cluster tells its images, and they are compared with the commit.
  expect(result?.stdout).toContain('its image is as expected');
}, 150_000);

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
