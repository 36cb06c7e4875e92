import { expect, test } from 'vitest';
import { hubCli } from '../../../test/kit/hub-cli.ts';

test('an account for a program is added, gets a token, is renamed, and let in no more', async () => {
  await using cli = await hubCli();
  await cli.add('ann', { role: 'owner' });
  await cli.add('bob', { role: 'admin' });
  const created = await cli.as('ann', [
    'service-account',
    'create',
    'ci',
    '--owner',
    'bob@example.com',
    '-o',
    'json',
  ]);
  const account = JSON.parse(created.stdout) as { readonly id: string };
  expect(account).toMatchObject({ name: 'ci', role: 'member', owner: { email: 'bob@example.com' } });
  const { id } = account;
  const made = await cli.as('ann', ['token', 'create', 'pipeline', '--service-account', id]);
  const own = { KNOWNGOOD_TOKEN: made.stdout.trim() };
  expect((await cli.as('ann', ['whoami'], { env: own })).stdout).toContain('ci');
  expect(await cli.as('ann', ['service-account', 'change', id, '--name', 'ci-main'])).toMatchObject({
    code: 0,
    stdout: `${id} ci-main is member\n`,
  });
  expect((await cli.as('bob', ['service-account'])).stdout).toMatch(/ci-main +member +bob@example.com /);
  expect(await cli.as('ann', ['service-account', 'change', id, '--disable'])).toMatchObject({
    stdout: `${id} ci-main is disabled\n`,
  });
  expect(await cli.as('ann', ['whoami'], { env: own })).toMatchObject({ code: 4 });
});

test('nobody gives a program more than they have', async () => {
  await using cli = await hubCli();
  await cli.add('bob', { role: 'admin' });
  await cli.add('jane', { role: 'member' });
  expect(await cli.as('bob', ['service-account', 'create', 'ci', '--role', 'owner'])).toMatchObject({
    code: 4,
    stdout: '',
  });
  expect(await cli.as('jane', ['service-account', 'create', 'ci'])).toMatchObject({ code: 4 });
});
