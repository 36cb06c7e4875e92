import { expect, test } from 'vitest';
import { clusterStage, gatewayApp, minutes } from '../../../test/kit/cluster-stage.ts';
import { person } from '../../../test/kit/hub.ts';
import { indexHistory } from '../projects/index-history.ts';
import { listDeployments } from './list-deployments.ts';
import { markDeployment } from './mark-deployment.ts';
import { receiveSignals } from './receive-signals.ts';

const where = { tenant: 'acme', environment: 'production' };

async function stage() {
  const s = await clusterStage();
  await indexHistory(s.hub, s.shop.project.id);
  const standings = async () => {
    const { deployments } = await listDeployments(s.hub, s.shop.jane, { slug: 'shop', ...where });
    return deployments.map(({ standing }) => standing.goodness);
  };
  return { s, standings };
}

test('a report tells how the deployment in force is, and nothing of those that nobody saw', async () => {
  const { s, standings } = await stage();
  await using _ = s;
  expect(await standings()).toEqual(['unknown', 'unknown', 'unknown']);
  await s.report([gatewayApp({ liveRevision: s.shop.bad })]);
  expect(await standings()).toEqual(['soaking', 'unknown', 'unknown']);
  s.clock.now += minutes(1);
  await s.report([gatewayApp({ liveRevision: s.shop.bad, healthStatus: 'Degraded' })]);
  expect(await standings()).toEqual(['bad', 'unknown', 'unknown']);
});

test('the last word of a person counts, and can be taken back', async () => {
  const { s, standings } = await stage();
  await using _ = s;
  const wish = { slug: 'shop', ...where, revision: s.shop.good } as const;
  await markDeployment(s.hub, s.shop.bob, { ...wish, mark: 'good' });
  expect(await standings()).toEqual(['unknown', 'good', 'unknown']);
  await markDeployment(s.hub, s.shop.bob, { ...wish, mark: 'bad', reason: 'slow checkout' });
  expect(await standings()).toEqual(['unknown', 'bad', 'unknown']);
  await markDeployment(s.hub, s.shop.bob, { ...wish, mark: 'none' });
  expect(await standings()).toEqual(['unknown', 'unknown', 'unknown']);
  const vera = await person(s.hub, 'vera', { role: 'viewer' });
  await expect(markDeployment(s.hub, vera, { ...wish, mark: 'good' })).rejects.toThrow(
    'say how a deployment is',
  );
  await expect(
    markDeployment(s.hub, s.shop.bob, { ...wish, tenant: 'globex', mark: 'good' }),
  ).rejects.toThrow('does not exist');
});

test('an alert that begins while a deployment is in force speaks against it, once, however often it is sent', async () => {
  const { s, standings } = await stage();
  await using _ = s;
  const [row] = (await listDeployments(s.hub, s.shop.jane, { slug: 'shop', ...where })).deployments;
  const alert = { summary: '', fingerprint: '', startedAt: (row?.at ?? 0) + 1, endedAt: undefined };
  const labels = { alertname: 'Down', ...where };
  const alerts = [
    { ...alert, labels },
    { ...alert, labels, endedAt: alert.startedAt + 5 },
    { ...alert, labels: { alertname: 'Disk full' } },
  ];
  const received = { received: 2, ignored: 1 };
  expect(await receiveSignals(s.hub, s.shop.jane, { slug: 'shop', alerts })).toEqual(received);
  expect(await receiveSignals(s.hub, s.shop.jane, { slug: 'shop', alerts })).toEqual(received);
  expect(await standings()).toEqual(['bad', 'unknown', 'unknown']);
  expect(await s.hub.store.deploymentSignals.of(s.shop.project.id, where, 0)).toHaveLength(1);
});
