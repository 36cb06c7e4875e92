import { describe, expect, test } from 'vitest';
import { approveAtOnce } from '../../bench/soak/approve-at-once.ts';
import { databases } from '../kit/databases.ts';
import { makeHub } from '../kit/hub.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { type Answer, requestServer } from '../kit/request-server.ts';
import { makeShop, serviceText, serviceWish, setPolicy } from '../kit/shop.ts';
import { pushFile } from '../kit/push-file.ts';

const countBy = (answers: readonly Answer[]) =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status, code }) => `${status} ${code}`.trim())].map(([key, list]) => [
      key,
      list.length,
    ]),
  );

describe.each(databases)('on $kind', (database) => {
  test('a hundred rollbacks of one repository at once: a straight line, each one commit or 409', async () => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub);
    const services = Array.from({ length: 20 }, (_, at) => `svc-${at}`);
    const file = (service: string) => `tenants/acme/production/${service}/service.yaml`;
    for (const service of services) pushFile(shop, file(service), serviceText('v1'));
    const target = shop.git('rev-parse', 'main');
    for (const service of services) pushFile(shop, file(service), serviceText('v2', 4));
    await using server = requestServer(hub, shop.people);
    const { slug: _slug, ...wish } = serviceWish(shop, { targetSha: target });
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        server.call('jane', 'POST', '/projects/shop/rollback-requests', {
          ...wish,
          service: services[at % services.length],
        }),
      ),
    );
    const counts = countBy(answers);
    expect(counts['201']).toBe(services.length);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    for (const service of services)
      expect(shop.git('show', `main:${file(service)}`)).toBe(serviceText('v1').trimEnd());
    expect(shop.git('rev-list', '--count', `${target}..main`)).toBe(`${services.length * 2}`);
    await checkInvariants(shop);
  });

  test('fifty approvers at once, each quorum from one to five: one execution each, no vote counted twice', async () => {
    const found = await approveAtOnce({ requests: 5, approvers: 50, database });
    expect(found).toMatchObject({ executed: [1, 1, 1, 1, 1], faults: [] });
  });
});

test('two hubs on one database and one repository break nothing', async (context) => {
  const postgres = databases.find(({ kind }) => kind === 'postgres');
  if (!postgres) {
    context.skip('there is no PostgreSQL here');
    return;
  }
  await using hub = await makeHub({ database: postgres });
  const shop = await makeShop(hub);
  await using other = await makeHub({ like: hub });
  const services = ['api-gateway', 'checkout'];
  await using one = requestServer(hub, shop.people);
  await using two = requestServer(other, shop.people);
  for (let round = 0; round < 3; round += 1) {
    for (const service of services)
      pushFile(shop, `tenants/acme/production/${service}/service.yaml`, serviceText(`v9.${round}`, 7));
    const { slug: _slug, ...wish } = serviceWish(shop);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        (at % 2 === 0 ? one : two).call('jane', 'POST', '/projects/shop/rollback-requests', {
          ...wish,
          service: services[(at >> 1) % 2],
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(services.length);
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
  }
  await checkInvariants(shop);
});

test('approve and reject at once: one end, and the log has the order of the decisions', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 1, execution: 'manual' });
  await using server = requestServer(hub, shop.people);
  const { slug: _slug, ...wish } = serviceWish(shop);
  for (let round = 0; round < 10; round += 1) {
    const { body } = await server.call('jane', 'POST', '/projects/shop/rollback-requests', wish);
    const { id, digest } = body as { id: string; digest: string };
    const [yes, no] = await Promise.all([
      server.call('bob', 'POST', `/requests/${id}/approve`, { digest }),
      server.call('ann', 'POST', `/requests/${id}/reject`, { digest }),
    ]);
    expect([yes.status, no.status].toSorted((a, b) => a - b)).toEqual([200, 400]);
    const { state } = (await hub.store.requests.get(id)) ?? {};
    expect(state).toBe(yes.status === 200 ? 'approved' : 'rejected');
  }
  await setPolicy(shop, { approvals: 0 });
  await checkInvariants(shop);
});
