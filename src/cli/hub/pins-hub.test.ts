import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { regenerated } from '../../../test/kit/generated-tree.ts';
import { hubCli } from '../../../test/kit/hub-cli.ts';
import { projectWith } from '../../../test/kit/hub.ts';

const cases = join(import.meta.dirname, '../../../test/cases/given.yaml');
const given = parse(readFileSync(cases, 'utf8')) as Record<string, string>;
const place = { tenant: 'acme', environment: 'production' };
const env = { KNOWNGOOD_PROJECT: 'shop', KNOWNGOOD_TENANT: 'acme', KNOWNGOOD_ENVIRONMENT: 'production' };

test('pins of a project are listed for whoever may look, and removed by a release', async () => {
  await using cli = await hubCli();
  const first = regenerated(given);
  const changed = regenerated({ ...first, 'variables.yaml': 'LEVEL: debug\nREGION: eu\n' }, first);
  const { commits } = await projectWith(cli.hub, [{ files: first }, { files: changed }]);
  await cli.add('jane', { role: 'admin' });
  await cli.add('bob', { role: 'viewer' });
  const body = {
    mode: 'full' as const,
    ...place,
    targetSha: commits[0],
    justification: 'too much is logged',
  };
  await cli.api('jane').call('submitRollback', { params: { slug: 'shop' }, body });
  const names = async () => (await cli.as('bob', ['pins', '-o', 'name'], { env })).stdout;
  expect(await names()).toBe('api:LEVEL\ncache:LEVEL\nweb:LEVEL\n');
  expect((await cli.as('bob', ['pins', '-o', 'wide'], { env })).stdout).toMatch(
    /acme\/production +api:LEVEL +info +debug +[0-9a-f]{8} .*variables\.yaml +tenants\/acme\/production\/api\/variables\.yaml:1/,
  );
  const here = ['-t', 'acme', '-e', 'production'];
  expect(await cli.as('jane', ['pins', 'remove', ...here, 'api:OTHER', '--yes'], { env })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no pin api:OTHER in acme/production') as unknown,
  });
  const removed = ['pins', 'remove', ...here, 'api:LEVEL', '--yes', '-m', 'the shared value was mended'];
  expect(await cli.as('jane', removed, { env })).toMatchObject({ code: 0 });
  expect(await names()).toBe('cache:LEVEL\nweb:LEVEL\n');
});
