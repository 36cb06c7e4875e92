import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { regenerated } from './kit/generated-tree.ts';
import { makeRepository, readTree } from './kit/repository.ts';
import { runLocal } from './kit/run-local.ts';

const given = parse(readFileSync(join(import.meta.dirname, 'cases/given.yaml'), 'utf8')) as Record<
  string,
  string
>;
const pin = 'tenants/acme/production/api/variables.yaml';
const made = 'delivery/acme/production/api/deployment.yaml';

test('a rollback pins, a release that unsets the variable takes the pin away, and an undo brings it back', async () => {
  const first = regenerated(given);
  const changed = regenerated({ ...first, 'variables.yaml': 'LEVEL: debug\nREGION: eu\n' }, first);
  using repo = makeRepository([{ files: first }, { files: changed }]);
  const run = async (...words: readonly string[]) => {
    const { code, stderr } = await runLocal([...words, '--repo', repo.dir, '--yes', '-m', 'pins']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return Object.fromEntries(readTree(repo, 'HEAD'));
  };
  const place = ['-t', 'acme', '-e', 'production'];
  const then = await run('rollback', ...place, '--to', repo.commits[0] ?? '');
  expect(then[pin]).toContain('LEVEL: info # knowngood pin: rollback to ');
  expect(then[made]).toBe(first[made]);

  const without = await run('release', ...place, '--unset', 'api:LEVEL');
  expect(without[pin]).not.toContain('LEVEL');
  expect(without[made]).toBe(changed[made]);

  expect(await run('undo', 'HEAD')).toEqual(then);
});

test('pins are listed with what stands behind them, and removed by name', async () => {
  const first = regenerated(given);
  const changed = regenerated({ ...first, 'variables.yaml': 'LEVEL: debug\nREGION: eu\n' }, first);
  using repo = makeRepository([{ files: first }, { files: changed }]);
  const run = (...words: readonly string[]) => runLocal([...words, '--repo', repo.dir]);
  const place = ['-t', 'acme', '-e', 'production'];
  expect(await run('pins')).toMatchObject({ code: 0, stderr: 'Nothing is pinned\n', stdout: '' });
  await run('rollback', ...place, '--to', repo.commits[0] ?? '', '--yes', '-m', 'pins');
  const { stdout } = await run('pins', '-s', 'api', '-o', 'json');
  expect(JSON.parse(stdout)).toMatchObject([
    {
      tenant: 'acme',
      environment: 'production',
      service: 'api',
      file: pin,
      name: 'LEVEL',
      value: 'info',
      sharedNow: 'debug',
      shared: 'variables.yaml',
      target: repo.commits[0]?.slice(0, 8),
      since: { commit: repo.git('rev-parse', 'HEAD') },
    },
  ]);
  const names = async () => (await run('pins', '-e', 'production', '-t', 'acme', '-o', 'name')).stdout;
  expect(await names()).toBe('api:LEVEL\ncache:LEVEL\nweb:LEVEL\n');
  expect(await run('pins', 'remove', ...place, 'api:REGION', '--yes')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no pin api:REGION in acme/production') as unknown,
  });
  expect((await run('pins', 'remove', ...place, 'api:LEVEL', '--yes', '-m', 'mended')).code).toBe(0);
  expect(Object.fromEntries(readTree(repo, 'HEAD'))[made]).toBe(changed[made]);
  expect(await names()).toBe('cache:LEVEL\nweb:LEVEL\n');
});

test('why a rollback is only approximate names what others changed, not the pins that it writes itself', async () => {
  const first = regenerated(given);
  const base = 'manifests/api/deployment.yaml';
  const bad = {
    'variables.yaml': 'LEVEL: debug\nREGION: eu\n',
    [base]: `${given[base] ?? ''}  paused: true\n`,
  };
  const changed = regenerated({ ...first, ...bad }, first);
  using repo = makeRepository([{ files: first }, { files: changed }]);
  const place = ['-t', 'acme', '-e', 'production', '--to', repo.commits[0] ?? ''];
  const reasons = async (...words: readonly string[]) => {
    const asked = ['rollback', '--repo', repo.dir, ...place, ...words, '--dry-run', '-o', 'json'];
    const plan = JSON.parse((await runLocal(asked)).stdout) as Plan;
    expect(plan.pins.map(({ file }) => file)).toContain(pin);
    return plan.regeneration.differs.find(({ service }) => service === 'api')?.reasons;
  };
  expect(await reasons()).toEqual([`${base} is not as it was then`, 'variables.yaml is not as it was then']);
});

interface Plan {
  readonly pins: readonly { readonly file: string }[];
  readonly regeneration: {
    readonly differs: readonly { readonly service: string; readonly reasons: readonly string[] }[];
  };
}
