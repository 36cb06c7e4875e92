import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { regenerated } from '../../../test/kit/generated-tree.ts';
import { hubCli } from '../../../test/kit/hub-cli.ts';
import { projectWith } from '../../../test/kit/hub.ts';
import { removePinsCommand } from '../../../web/pages/request/remove-pins-command.ts';

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

/** A command line as a shell reads it. */
const readByShell = (line: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

test('the command that the console shows for a rollback takes its pins away, whatever else has their names', async () => {
  await using cli = await hubCli();
  const own = 'tenants/acme/production/api/values.yaml';
  const first = regenerated({ ...given, [own]: 'LEVEL: own\n' });
  const changed = regenerated({ ...first, 'variables.yaml': 'LEVEL: debug\nREGION: eu\n' }, first);
  const { commits } = await projectWith(cli.hub, [{ files: first }, { files: changed }]);
  await cli.add('jane', { role: 'admin' });
  const body = {
    mode: 'service' as const,
    ...place,
    service: 'api',
    shared: 'pin' as const,
    targetSha: commits[0],
    justification: 'too much is logged',
  };
  const request = await cli.api('jane').call('submitRollback', { params: { slug: 'shop' }, body });
  const address = 'tenants/acme/production/api/variables.yaml#/LEVEL';
  expect(request.plan.pins).toMatchObject([{ service: 'api', name: 'LEVEL', address }]);
  const [program, ...words] = readByShell(removePinsCommand(request) ?? '');
  expect([program, words.at(-1)]).toEqual(['knowngood', `api:${address}`]);
  const done = await cli.as('jane', [...words, '--yes', '-m', 'the shared value was mended']);
  expect(done).toMatchObject({ code: 0 });
  expect((await cli.as('jane', ['pins', '-p', 'shop', '-o', 'name'])).stdout).toBe('');
});
