import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { regenerated } from '../../../test/kit/generated-tree.ts';
import { hubCli } from '../../../test/kit/hub-cli.ts';
import { projectWith } from '../../../test/kit/hub.ts';
import { runLocal } from '../../../test/kit/run-local.ts';

const cases = join(import.meta.dirname, '../../../test/cases/given.yaml');
const given = parse(readFileSync(cases, 'utf8')) as Record<string, string>;
const service = 'tenants/acme/production/api/service.yaml';

/** A project with a shared value and a service that changed, on a server and, the same repository, here. */
async function stage() {
  const cli = await hubCli();
  const first = regenerated(given);
  const bad = (given[service] ?? '').replace('tag: v1', 'tag: v2').replace('replicas: 2', 'replicas: 9');
  const files = { ...first, [service]: bad, 'variables.yaml': 'LEVEL: debug\nREGION: eu\n' };
  const { commits, project } = await projectWith(cli.hub, [
    { files: first },
    { files: regenerated(files, first) },
  ]);
  await cli.add('jane', { role: 'admin' });
  await cli.add('vera', { role: 'viewer' });
  const [good = '', now = ''] = commits;
  const dir = cli.hub.repositories.pathOf(project.id);
  const place = ['-t', 'acme', '-e', 'production', '--to', good];
  return {
    good,
    now,
    here: (command: string, ...words: readonly string[]) =>
      runLocal([command, '--repo', dir, ...place, ...words]),
    there: (command: string, ...words: readonly string[]) =>
      cli.as('vera', [command, '-p', 'shop', ...place, ...words]),
    as: cli.as,
    [Symbol.asyncDispose]: cli[Symbol.asyncDispose],
  };
}

/** What a plan says, without what a server adds of approvals. */
function planOf(stdout: string): object {
  const { outlook: _outlook, request: _request, ...plan } = JSON.parse(stdout) as Record<string, unknown>;
  return plan;
}

test.each([
  { words: [] },
  { words: ['--shared', 'leave'] },
  { words: ['--shared', 'include'] },
  { words: ['--include-shared'] },
  { words: ['--keep', '**#/replicas'] },
  { words: ['-s', 'api'] },
  { words: ['-s', 'api', '--shared', 'pin'] },
  { words: ['-s', 'api', '-f', 'image.tag'] },
])('diff $words says the same here and on a server, and what rollback --dry-run says', async ({ words }) => {
  await using s = await stage();
  const here = await s.here('diff', ...words);
  const there = await s.there('diff', ...words);
  expect(there).toMatchObject({ code: 1, stdout: here.stdout });
  expect(here.code).toBe(1);
  const [left, diff] = [
    await s.here('diff', ...words, '-o', 'json'),
    await s.there('diff', ...words, '-o', 'json'),
  ];
  expect(planOf(diff.stdout)).toEqual(planOf(left.stdout));
  const dry = await s.there('rollback', ...words, '--dry-run', '-o', 'json');
  expect(planOf(dry.stdout)).toEqual(planOf(diff.stdout));
  const dryHere = await s.here('rollback', ...words, '--dry-run', '-o', 'json');
  expect(planOf(dryHere.stdout)).toEqual(planOf(left.stdout));
});

test('on a server the options change the lines: pins come and go, a kept field stays, one field is alone', async () => {
  await using s = await stage();
  const lines = async (...words: readonly string[]) => (await s.there('diff', ...words)).stdout;
  const whole = await lines();
  expect(whole).toContain('+LEVEL: info # knowngood pin: rollback to ');
  expect(whole).toContain('-replicas: 9');
  expect(await lines('--shared', 'leave')).not.toContain('knowngood pin');
  expect(await lines('--keep', '**#/replicas')).not.toContain('-replicas: 9');
  const one = await lines('-s', 'api', '-f', 'image.tag');
  expect(one).toContain('+  tag: v1');
  expect(one).not.toContain('-replicas: 9');
  const noted = await s.there('diff', '--shared', 'leave');
  expect(noted.stderr).toContain(`compared with: ${s.good.slice(0, 8)}`);
  expect(noted.stderr).toContain('left out: 1 shared change');
});

test('where nothing would change it is silent and ends with 0, and options of a rollback need one', async () => {
  await using s = await stage();
  const words = ['diff', '-p', 'shop', '-t', 'acme', '-e', 'production'];
  expect(await s.as('vera', [...words, '--to', s.now])).toMatchObject({ code: 0, stdout: '' });
  const between = await s.as('vera', [...words, s.good, s.now]);
  expect(between.code).toBe(1);
  expect(between.stdout).toContain('+replicas: 9');
  for (const option of [
    ['--to', s.good],
    ['--keep', '**#/replicas'],
    ['--shared', 'leave'],
    ['--include-shared'],
  ])
    expect(await s.as('vera', [...words, s.good, ...option])).toMatchObject({
      code: 2,
      stderr: `knowngood: ${option[0]} is for going back from now; leave it out, or name no revision but with --to\n`,
    });
  expect((await s.as('vera', [...words, '--branch', 'x'])).stderr).toContain(
    '--branch is for a repository here',
  );
});
