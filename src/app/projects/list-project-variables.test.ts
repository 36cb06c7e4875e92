import { expect, test } from 'vitest';
import { smallShop } from '../../../test/kit/generated-tree.ts';
import { makeHub, person, projectWith } from '../../../test/kit/hub.ts';
import { listProjectVariables } from './list-project-variables.ts';

const where = { slug: 'shop', tenant: 'acme', environment: 'production' };
const secret = 'tenants/acme/variables.yaml';

test('whoever may read a place sees its variables, secrets by their name alone', async () => {
  await using hub = await makeHub();
  await projectWith(hub, [
    { files: { ...smallShop, [secret]: 'LEVEL: { secretRef: { name: levels, key: now } }\n' } },
  ]);
  const jane = await person(hub, 'jane', { role: 'viewer' });
  expect(await listProjectVariables(hub, jane, where)).toEqual({
    variables: [
      {
        service: 'api',
        key: 'LEVEL',
        value: null,
        type: 'secret',
        secretRef: { name: 'levels', key: 'now' },
        scope: 'tenant',
        file: secret,
        line: 1,
        overrides: [
          {
            value: 'info',
            type: 'string',
            secretRef: null,
            scope: 'repository',
            file: 'variables.yaml',
            line: 1,
          },
        ],
      },
    ],
    complete: true,
  });
  const bob = await person(hub, 'bob', { role: undefined });
  await expect(listProjectVariables(hub, bob, where)).rejects.toMatchObject({ code: 'not_visible' });
});

test('a place that is not there is refused, and one where nothing is generated has none', async () => {
  await using hub = await makeHub();
  const off = smallShop['knowngood.yaml']?.replace('generator: true', 'generator: false') ?? '';
  await projectWith(hub, [{ files: { ...smallShop, 'knowngood.yaml': off } }]);
  const jane = await person(hub, 'jane', { role: 'viewer' });
  const ask = (more: object) => listProjectVariables(hub, jane, { ...where, ...more });
  expect(await ask({})).toEqual({ variables: [], complete: true });
  await expect(ask({ service: 'apo' })).rejects.toThrow(
    'acme/production has no service apo; did you mean api?',
  );
  await expect(ask({ environment: 'dev' })).rejects.toMatchObject({ code: 'environment_unknown' });
});
