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
