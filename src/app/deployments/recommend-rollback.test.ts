import { expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { makeHub, person, projectWith } from '../../../test/kit/hub.ts';
import { apiGateway, makeShop, serviceText } from '../../../test/kit/shop.ts';
import { indexHistory } from '../projects/index-history.ts';
import { recommendRollback } from './recommend-rollback.ts';

const where = { slug: 'shop', tenant: 'acme', environment: 'production' };

test.for(databases)(
  'without evidence it is the state before the last change, in the smallest scope ($kind)',
  async (database) => {
    await using hub = await makeHub({ database });
    const { project, commits } = await projectWith(hub, [
      { files: { [apiGateway]: serviceText('v2.0.9') } },
      { files: { [apiGateway]: serviceText('v2.1.0') } },
    ]);
    await indexHistory(hub, project.id);
    const jane = await person(hub, 'jane', { role: 'viewer' });
    expect(await recommendRollback(hub, jane, where)).toMatchObject({
      target: commits[0],
      mode: 'field',
      service: 'api-gateway',
      fields: [{ field: 'image.tag', address: `${apiGateway}#/image/tag` }],
      thin: true,
      deployment: { revision: commits[0] },
    });
    expect(await recommendRollback(hub, jane, { ...where, environment: 'dev' })).toBeUndefined();
  },
);

test('what a person marked as good is gone back to, further back if need be', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  await indexHistory(hub, shop.project.id);
  const [first = ''] = shop.commits;
  const mark = { projectId: shop.project.id, tenant: 'acme', environment: 'production', revision: first };
  const said = { reason: 'ran for weeks', byId: shop.bob.id, byName: 'bob', at: 1 };
  await hub.store.tx((tx) =>
    tx.deploymentMarks.add({ id: hub.newId('mrk_'), ...mark, ...said, mark: 'good' }),
  );
  expect(await recommendRollback(hub, shop.jane, where)).toMatchObject({
    target: first,
    mode: 'full',
    service: undefined,
    fields: [],
    thin: false,
    evidence: [{ kind: 'known_good', text: 'bob marked it good: ran for weeks' }],
  });
  await hub.store.tx((tx) =>
    tx.deploymentMarks.add({ id: hub.newId('mrk_'), ...mark, ...said, mark: 'none' }),
  );
  expect(await recommendRollback(hub, shop.jane, where)).toMatchObject({ target: shop.good, thin: true });
});
