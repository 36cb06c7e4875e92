import { expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { makeHub, person, projectWith } from '../../../test/kit/hub.ts';
import type { TestHub } from '../../../test/kit/hub.ts';
import { indexHistory } from '../projects/index-history.ts';
import { compareFile } from './compare-file.ts';
import { compareRevisions } from './compare-revisions.ts';
import { getDeployment } from './get-deployment.ts';
import { listChangedFields } from './list-changed-fields.ts';
import { listDeployments } from './list-deployments.ts';

const api = 'tenants/acme/production/api/service.yaml';
const secret = 'tenants/acme/production/api/secret.yaml';
const history = [
  { files: { [api]: 'image: {tag: v1}\nreplicas: 1\n', [secret]: 'kind: Secret\ndata: {p: czNjcmV0}\n' } },
  { files: { [api]: 'image: {tag: v2}\nreplicas: 1\n', 'tenants/acme/dev/api/service.yaml': 'a: 1\n' } },
  { files: { 'README.md': 'x' } },
  {
    files: { [api]: 'image: {tag: v3}\nreplicas: 3\n', [secret]: 'kind: Secret\ndata: {p: b3RoZXI=}\n' },
    tag: 'v3',
  },
];
const where = { slug: 'shop', tenant: 'acme', environment: 'production' };

async function setUp(hub: TestHub) {
  const made = await projectWith(hub, history);
  await indexHistory(hub, made.project.id);
  return { ...made, vera: await person(hub, 'vera', { role: 'viewer' }) };
}

test.for(databases)('the history comes in pages and marks what is in force ($kind)', async (database) => {
  await using hub = await makeHub({ database });
  const { vera, commits } = await setUp(hub);
  const first = await listDeployments(hub, vera, { slug: 'shop', limit: 2 });
  const second = await listDeployments(hub, vera, { slug: 'shop', limit: 2, cursor: first.nextCursor });
  const shown = [...first.deployments, ...second.deployments].map(({ revision, environment, current }) =>
    [commits.indexOf(revision), environment, current].join(' '),
  );
  expect(shown[0]).toBe('3 production true');
  // Two rows of one commit stand in no order.
  expect(shown.slice(1, 3).toSorted()).toEqual(['1 dev true', '1 production false']);
  expect(shown.slice(3)).toEqual(['0 production false']);
  expect(second.nextCursor).toBeUndefined();
  const none = await listDeployments(hub, vera, { slug: 'shop', status: 'rolled_back' });
  expect(none.deployments).toEqual([]);
  await expect(listDeployments(hub, vera, { slug: 'shop', cursor: 'x' })).rejects.toMatchObject({
    code: 'input_invalid',
  });
});

test('a revision tells what it did to each tenant-environment', async () => {
  await using hub = await makeHub();
  const { vera, commits } = await setUp(hub);
  const found = await getDeployment(hub, vera, { slug: 'shop', revision: commits[1]?.slice(0, 10) ?? '' });
  expect(found).toMatchObject([
    { environment: 'dev', message: 'Commit 2', changes: { services: [{ service: 'api' }] } },
    {
      environment: 'production',
      parents: [commits[0]],
      changes: { services: [{ fields: [{ field: 'image.tag', before: 'v1', after: 'v2' }] }] },
    },
  ]);
  const one = await getDeployment(hub, vera, { slug: 'shop', revision: 'v3', environment: 'production' });
  expect(one).toHaveLength(1);
  expect(await getDeployment(hub, vera, { slug: 'shop', revision: commits[2] ?? '' })).toEqual([]);
  await expect(getDeployment(hub, vera, { slug: 'shop', revision: 'nope' })).rejects.toMatchObject({
    code: 'revision_unknown',
  });
});

test('two revisions are compared field by field; the head stands in for the second', async () => {
  await using hub = await makeHub();
  const { vera, commits } = await setUp(hub);
  const [first = '', second = '', , head = ''] = commits;
  const found = await compareRevisions(hub, vera, { ...where, from: first });
  expect(found).toMatchObject({ from: first, to: head, complete: true });
  expect(
    found.services.flatMap(({ fields }) => fields.map(({ field, before, after }) => [field, before, after])),
  ).toEqual(
    expect.arrayContaining([
      ['image.tag', 'v1', 'v3'],
      ['replicas', 1, 3],
    ]),
  );
  const fields = await listChangedFields(hub, vera, { ...where, service: 'api', from: first, to: second });
  expect(fields.services[0]?.fields.map(({ field }) => field)).toEqual(['image.tag']);
  await expect(listChangedFields(hub, vera, { ...where, service: 'ap', from: first })).rejects.toMatchObject({
    code: 'service_unknown',
  });
});

test('a file shows both texts, but never a secret and never a path of others', async () => {
  await using hub = await makeHub();
  const { vera, commits } = await setUp(hub);
  const [first = ''] = commits;
  expect(await compareFile(hub, vera, { ...where, from: first, path: api })).toMatchObject({
    from: 'image: {tag: v1}\nreplicas: 1\n',
    to: 'image: {tag: v3}\nreplicas: 3\n',
    opaque: undefined,
  });
  const hidden = await compareFile(hub, vera, { ...where, from: first, path: secret });
  expect(hidden).toMatchObject({ opaque: 'it holds a secret', from: undefined, to: undefined });
  for (const path of [
    'README.md',
    '../x',
    'tenants/acme/dev/api/service.yaml',
    'tenants/acme/production/none',
  ])
    await expect(compareFile(hub, vera, { ...where, from: first, path })).rejects.toMatchObject({
      code: 'path_outside',
    });
});

test('who may not know of the project finds nothing', async () => {
  await using hub = await makeHub();
  const { commits } = await setUp(hub);
  const xaver = await person(hub, 'xaver', { role: undefined });
  const from = commits[0] ?? '';
  for (const asked of [
    listDeployments(hub, xaver, { slug: 'shop' }),
    getDeployment(hub, xaver, { slug: 'shop', revision: from }),
    compareRevisions(hub, xaver, { ...where, from }),
  ])
    await expect(asked).rejects.toMatchObject({ code: 'not_visible' });
});

test('a revision of others is answered like one that does not exist', async () => {
  await using hub = await makeHub();
  const { commits, project } = await setUp(hub);
  const xaver = await person(hub, 'xaver', { role: undefined });
  const grant = { projectId: project.id, tenant: 'acme', environment: 'dev', verb: 'read' } as const;
  const eve = { ...xaver, grants: [grant] };
  const look = (revision: string, more: object = {}) =>
    getDeployment(hub, eve, { slug: 'shop', revision, ...more });
  expect(await look(commits[1] ?? '')).toMatchObject([{ environment: 'dev' }]);
  const absent: unknown = await look('f'.repeat(40)).catch((error: unknown) => error);
  expect(absent).toMatchObject({ code: 'revision_unknown' });
  // Another environment's, one that deployed nothing, and one asked for where it may not be seen.
  for (const [revision = '', more] of [
    [commits[0], {}],
    [commits[2], {}],
    [commits[1], { environment: 'production' }],
  ] as const)
    await expect(look(revision, more)).rejects.toMatchObject({
      code: 'revision_unknown',
      message: (absent as Error).message.replace('f'.repeat(40), revision),
      details: { revision },
    });
});
