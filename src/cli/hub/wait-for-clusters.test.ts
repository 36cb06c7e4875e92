import { expect, test } from 'vitest';
import { gatewayApp } from '../../../test/kit/cluster-stage.ts';
import { type HubCli, hubCli } from '../../../test/kit/hub-cli.ts';
import { actorAgain, projectWith } from '../../../test/kit/hub.ts';
import { shopHistory } from '../../../test/kit/shop.ts';
import { createCluster } from '../../app/clusters/create-cluster.ts';
import { receiveApplications } from '../../app/clusters/receive-applications.ts';
import { registerAgent } from '../../app/clusters/register-agent.ts';
import { resolveAgent } from '../../app/clusters/resolve-agent.ts';
import { startVerifying } from '../../app/verification/start-verifying.ts';
import type { Application } from '../../domain/cluster/application.ts';
import { applicationOf } from '../../domain/cluster/application.test-kit.ts';
import { noFacts } from '../../domain/cluster/cluster.ts';

/** The shop with a cluster that runs it, and an admin, jane. */
async function stage(patience: number) {
  const cli: HubCli = await hubCli({ settings: { verification: { settle: 0, patience } } });
  const { hub } = cli;
  const { commits } = await projectWith(hub, shopHistory);
  const { id } = await cli.add('jane', { role: 'admin' });
  const { token } = await createCluster(hub, await actorAgain(hub, id), { name: 'eu-1' });
  const { secret } = await registerAgent(hub, { secret: token.secret, facts: noFacts });
  const agent = (await resolveAgent(hub, secret))!;
  const verifying = startVerifying(hub, (error) => {
    throw error;
  });
  const report = (said: Partial<Application>) =>
    receiveApplications(hub, agent, {
      applications: [applicationOf(gatewayApp(said))],
      reportedAt: undefined,
    });
  const words = ['rollback', '--project', 'shop', '--tenant', 'acme', '--environment', 'production'];
  const wish = ['--service', 'api-gateway', '--to', commits[1] ?? '', '-m', 'bad image', '--yes'];
  return {
    report,
    bad: commits[2] ?? '',
    roll: (...more: readonly string[]) => cli.as('jane', [...words, ...wish, ...more]),
    /** The commit of the request, once it is there. */
    committed: async () => {
      const found = await expect
        .poll(async () => (await hub.store.requests.list({}, { limit: 1 }))[0]?.commit, { timeout: 60_000 })
        .toBeDefined()
        .then(() => hub.store.requests.list({}, { limit: 1 }));
      return found[0]?.commit ?? '';
    },
    [Symbol.asyncDispose]: async () => {
      await verifying.stop();
      await cli[Symbol.asyncDispose]();
    },
  };
}

test('--wait ends with 0 only when the cluster runs it and is well', async () => {
  await using s = await stage(60_000);
  await s.report({ liveRevision: s.bad, healthStatus: 'Degraded', syncPolicy: undefined });
  const command = s.roll('--wait', '--timeout', '60');
  const commit = await s.committed();
  await s.report({ liveRevision: commit, healthStatus: 'Progressing' });
  await s.report({ liveRevision: commit });
  const { code, stdout } = await command;
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining('verified: every Application runs this change, in sync and healthy'),
  });
});

test('a cluster that does not follow ends it with 1, and one that is on its way with 8', async () => {
  await using s = await stage(0);
  await s.report({ liveRevision: s.bad });
  const late = await s.roll('--wait', '--timeout', '60');
  expect(late).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('unconfirmed: argocd/acme-production'),
  });
  await using patient = await stage(60_000);
  await patient.report({ liveRevision: patient.bad });
  expect(await patient.roll('--wait', '--timeout', '1')).toMatchObject({ code: 8 });
});

test('without --wait it ends with the commit; what is in the way is said before', async () => {
  await using s = await stage(60_000);
  await s.report({ liveRevision: s.bad, syncPolicy: undefined });
  const dry = await s.roll('--dry-run');
  expect(dry.stdout).toContain(
    'Cluster: eu-1 argocd/acme-production-api-gateway: Argo CD does not sync it by itself; ask for a sync',
  );
  expect(await s.roll()).toMatchObject({ code: 0, stdout: expect.stringContaining('delivered: ') });
});
