import { expect, test } from 'vitest';
import { listDeployments } from '../../src/app/deployments/list-deployments.ts';
import { indexHistory } from '../../src/app/projects/index-history.ts';
import { databases } from '../kit/databases.ts';
import { makeHub } from '../kit/hub.ts';
import { pushFile } from '../kit/push-file.ts';
import { requestServer } from '../kit/request-server.ts';
import { apiGateway, makeShop, serviceText, serviceWish } from '../kit/shop.ts';

const DAY = 86_400_000;

test.for(databases)(
  'the third rollback of a tenant-environment within thirty days is flagged, and an undo does not count ($kind)',
  async (database) => {
    let now = Date.now();
    await using hub = await makeHub({ database, clock: () => now });
    const shop = await makeShop(hub, {});
    await using server = requestServer(hub, shop.people);
    const { slug: _, ...wish } = serviceWish(shop);
    const rollback = async (tag: string) => {
      pushFile(shop, apiGateway, serviceText(tag));
      now += DAY;
      const { body } = await server.call('jane', 'POST', '/projects/shop/rollback-requests', wish);
      return body as { readonly id: string; readonly commit: string; readonly recurring: number | null };
    };
    const first = await rollback('v3');
    expect(first).toMatchObject({ state: 'completed', recurring: null });
    const undo = { commit: first.commit, justification: 'it was not that' };
    expect(await server.call('jane', 'POST', '/projects/shop/undo-requests', undo)).toMatchObject({
      status: 201,
      body: { recurring: null },
    });
    expect((await rollback('v4')).recurring).toBeNull();
    const third = await rollback('v5');
    expect(third.recurring).toBe(3);
    const { body } = await server.call('jane', 'GET', '/requests?project=shop');
    const rows = body['items'] as readonly { readonly id: string; readonly recurring: number | null }[];
    expect(rows.find(({ id }) => id === third.id)).toMatchObject({ recurring: 3 });
    await indexHistory(hub, shop.project.id);
    const place = { tenant: 'acme', environment: 'production' };
    const { deployments } = await listDeployments(hub, shop.jane, { slug: 'shop', ...place });
    expect(deployments.filter((row) => row.recurring !== undefined)).toMatchObject([
      { requestId: third.id, recurring: 3 },
    ]);
    now += 30 * DAY;
    expect((await rollback('v6')).recurring).toBeNull();
    expect(await server.call('jane', 'GET', `/requests/${third.id}`)).toMatchObject({
      body: { recurring: 3 },
    });
  },
);
