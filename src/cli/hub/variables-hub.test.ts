import { expect, test } from 'vitest';
import { smallShop } from '../../../test/kit/generated-tree.ts';
import { hubCli } from '../../../test/kit/hub-cli.ts';
import { projectWith } from '../../../test/kit/hub.ts';
import { makeRepository } from '../../../test/kit/repository.ts';
import { runLocal } from '../../../test/kit/run-local.ts';

const files = {
  ...smallShop,
  'variables.yaml': 'LEVEL: info\nREGION: eu\n',
  'tenants/acme/variables.yaml': 'NAME: "Acme \\e[31m"\nDB: { secretRef: { name: db, key: password } }\n',
  'tenants/acme/production/api/variables.yaml': 'LEVEL: debug\n',
  'tenants/acme/production/web/service.yaml': 'kind: Service\n',
};
const place = ['-t', 'acme', '-e', 'production'];
const env = { KNOWNGOOD_PROJECT: 'shop' };

test('variables of a service are listed alike in a repository and on a server', async () => {
  using repo = makeRepository([{ files }]);
  await using cli = await hubCli();
  await projectWith(cli.hub, [{ files }]);
  await cli.add('bob', { role: 'viewer' });
  const shown = `KEY     VALUE                    SCOPE       FILE
DB      secret db, key password  tenant      tenants/acme/variables.yaml:2
LEVEL   debug                    service     tenants/acme/production/api/variables.yaml:1
NAME    Acme \\x1b[31m            tenant      tenants/acme/variables.yaml:1
REGION  eu                       repository  variables.yaml:2
`;
  const words = ['variables', ...place, '-s', 'api'];
  const expected = { code: 0, stderr: '', stdout: shown };
  expect(await runLocal([...words, '--repo', repo.dir])).toMatchObject(expected);
  expect(await cli.as('bob', words, { env })).toMatchObject(expected);
  const json = await runLocal([...words, '--repo', repo.dir, '-o', 'json']);
  expect((await cli.as('bob', [...words, '-o', 'json'], { env })).stdout).toBe(json.stdout);
  expect(JSON.parse(json.stdout)).toContainEqual(
    expect.objectContaining({
      key: 'LEVEL',
      value: 'debug',
      scope: 'service',
      overrides: [expect.objectContaining({ value: 'info', scope: 'repository', file: 'variables.yaml' })],
    }),
  );
});

test('without a service all are listed, and what stands behind each with -o wide', async () => {
  using repo = makeRepository([{ files }]);
  const run = (...words: readonly string[]) => runLocal(['variables', ...words, '--repo', repo.dir]);
  expect((await run(...place, '-o', 'name')).stdout).toBe(
    'api:DB\napi:LEVEL\napi:NAME\napi:REGION\nweb:DB\nweb:LEVEL\nweb:NAME\nweb:REGION\n',
  );
  expect((await run(...place, '-o', 'wide')).stdout).toMatch(
    /api +LEVEL +debug +service +\S+api\/variables\.yaml:1 +repository: info\n/,
  );
  expect(await run('-t', 'acme', '-e', 'production', '-s', 'apo')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('did you mean api?') as unknown,
  });
});

test('where nothing is generated no variable counts, and a template in place of knowngood.yaml generates nothing', async () => {
  using repo = makeRepository([{ files }]);
  const layout = 'tenants/{tenant}/{environment}/{service}/**';
  expect(await runLocal(['variables', ...place, '--repo', repo.dir, '--layout', layout])).toMatchObject({
    code: 0,
    stdout: '',
    stderr: 'No variable counts there: none is set, or nothing is generated\n',
  });
});
