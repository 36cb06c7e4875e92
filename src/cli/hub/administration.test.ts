import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type HubCli, givePassword, hubCli, password } from '../../../test/kit/hub-cli.ts';
import { projectWith } from '../../../test/kit/hub.ts';
import { temporaryFolder } from '../../../test/kit/repository.ts';
import { setPolicy, shopHistory } from '../../../test/kit/shop.ts';

const env = { KNOWNGOOD_PROJECT: 'shop' };

/** The project shop, whose production needs one approval; ann and bob may also sign in with a password. */
async function withShop(): Promise<HubCli & { readonly good: string }> {
  const cli = await hubCli();
  const { project, commits } = await projectWith(cli.hub, shopHistory);
  await setPolicy({ hub: cli.hub, project }, { approvals: 1 });
  await cli.add('jane', { role: 'member' });
  await givePassword(cli, await cli.add('ann', { role: 'owner' }));
  await givePassword(cli, await cli.add('bob', { role: 'admin' }));
  return { ...cli, good: commits[1] ?? '' };
}

test('a token is shown once on stdout, listed without its secret, and counts no more once revoked', async () => {
  await using cli = await withShop();
  const made = await cli.as('jane', ['token', 'create', 'ci', '--scope', 'read', 'request', '--days', '7']);
  expect(made.code).toBe(0);
  expect(made.stdout).toMatch(/^kgp_[\w-]+\n$/);
  const secret = made.stdout.trim();
  const own = { KNOWNGOOD_TOKEN: secret };
  expect((await cli.as('jane', ['whoami', '-o', 'name'], { env: own })).stdout).toBe('jane@example.com\n');
  expect(await cli.as('jane', ['token', 'create', 'more', '--scope', 'approve'], { env: own })).toMatchObject(
    {
      code: 4,
    },
  );
  const list = await cli.as('jane', ['token', 'list', '-o', 'wide']);
  expect(list.stdout).toMatch(/ read,request +valid /);
  expect(list.stdout).not.toContain(secret);
  const json = await cli.as('jane', ['token', '-o', 'json']);
  const tokens = JSON.parse(json.stdout) as readonly { readonly id: string; readonly name: string }[];
  const id = tokens.find(({ name }) => name === 'ci')?.id ?? '';
  expect(await cli.as('jane', ['token', 'revoke', id])).toEqual({
    code: 0,
    stdout: '',
    stderr: `Token ${id} is revoked\n`,
  });
  expect(await cli.as('jane', ['whoami'], { env: own })).toMatchObject({ code: 4 });
  expect(await cli.as('jane', ['token', 'list', '--everybody'])).toMatchObject({ code: 4, stdout: '' });
});

test('a token that has expired ends with 4 and the way on', async () => {
  let now = Date.now();
  await using cli = await hubCli({ clock: () => now });
  await cli.add('jane');
  expect(await cli.as('jane', ['whoami', '-o', 'name'])).toMatchObject({ code: 0 });
  now += 91 * 86_400_000;
  expect(await cli.as('jane', ['whoami'])).toEqual({
    code: 4,
    stdout: '',
    stderr: 'knowngood: this token is unknown, expired or revoked; sign in again\n',
  });
});

test('people are invited with a link, and change by their address', async () => {
  await using cli = await withShop();
  const invited = await cli.as('ann', [
    'members',
    'invite',
    'mia@example.com',
    '--name',
    'Mia',
    '--role',
    'admin',
  ]);
  expect(invited).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^Give them this link; it works once/),
  });
  expect(invited.stdout).toMatch(/^http\S+\/set-password#\S+\n$/);
  expect((await cli.as('jane', ['members'])).stdout).toMatch(/mia@example.com +Mia +admin +invited/);
  expect(await cli.as('ann', ['members', 'change', 'Mia@example.com', '--role', 'viewer'])).toEqual({
    code: 0,
    stdout: '',
    stderr: 'mia@example.com is viewer\n',
  });
  expect(await cli.as('ann', ['members', 'change', 'mia@example.com', '--disable'])).toMatchObject({
    stderr: 'mia@example.com is disabled\n',
  });
  const enabled = await cli.as('ann', ['members', 'change', 'mia@example.com', '--enable', '-o', 'json']);
  expect(JSON.parse(enabled.stdout)).toMatchObject({ email: 'mia@example.com', disabled: false });
  expect(await cli.as('ann', ['members', 'change', 'mai@example.com', '--disable'])).toMatchObject({
    code: 2,
    stderr: 'knowngood: nobody here has the address mai@example.com; did you mean mia@example.com?\n',
  });
  expect(await cli.as('bob', ['members', 'change', 'jane@example.com', '--role', 'owner'])).toMatchObject({
    code: 4,
  });
  expect(await cli.as('ann', ['members', 'change', 'ann@example.com', '--role', 'member'])).toMatchObject({
    code: 5,
  });
});

test('a policy is shown, changed by options, and changed by the file that get prints', async () => {
  await using cli = await withShop();
  const shown = await cli.as('jane', ['policy', 'get', 'production'], { env });
  expect(shown.stdout).toMatch(/^Environment: +production\nVersion: +1\nApprovals: +1\n/);
  const list = await cli.as('jane', ['policy'], { env });
  expect(list.stdout).toMatch(/production +1 +automatic +24h +allowed +- +1\n/);
  expect(
    await cli.as('bob', ['policy', 'set', 'production', '--approvals', '2', '--self-approval'], { env }),
  ).toEqual({
    code: 0,
    stdout: '',
    stderr: 'The policy of production is now version 2\n',
  });
  const file = join(temporaryFolder('policy'), 'policy.yaml');
  const { stdout } = await cli.as('bob', ['policy', 'get', 'production', '-o', 'yaml'], { env });
  expect(parse(stdout)).toMatchObject({ version: 2, policy: { approvals: 2, selfApproval: true } });
  writeFileSync(file, stdout.replace('approvals: 2', 'approvals: 3'));
  const set = await cli.as('bob', ['policy', 'set', 'production', '-f', file, '-o', 'json'], { env });
  expect(JSON.parse(set.stdout)).toMatchObject({ version: 3, policy: { approvals: 3 } });
  // The file says that it was version 2.
  expect(await cli.as('bob', ['policy', 'set', 'production', '-f', file], { env })).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('was changed by somebody else meanwhile'),
  });
  const off = await cli.as('bob', ['policy', 'set', 'production', '--no-approvals', '-o', 'json'], { env });
  expect(JSON.parse(off.stdout)).toMatchObject({ version: 4, policy: { approvals: 0, selfApproval: true } });
  for (const [input, message] of [
    ['approvals: [', /cannot read -: /],
    ['- 1', /cannot read -: it has to hold one object/],
    ['approvals: many', /approvals/],
  ] as const) {
    const wrong = await cli.as('bob', ['policy', 'set', 'production', '-f', '-'], { env, input });
    expect({ code: wrong.code, stderr: wrong.stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(message),
    });
  }
  expect(await cli.as('jane', ['policy', 'set', 'production', '--approvals', '1'], { env })).toMatchObject({
    code: 4,
  });
  expect(await cli.as('jane', ['policy', 'get', 'prodution'], { env })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('did you mean production?'),
  });
});

test('break-glass asks for the password once more, bypasses the approval, and is reviewed by another', async () => {
  await using cli = await withShop();
  const words = ['break-glass', 'open', '-m', 'Checkout is down', '--minutes', '30'];
  expect(await cli.as('bob', words, { env })).toMatchObject({
    code: 2,
    stderr: 'knowngood: your password is needed; without a terminal use --password-stdin\n',
  });
  expect(await cli.as('bob', [...words, '--password-stdin'], { env, input: 'wrong' })).toMatchObject({
    code: 4,
    stderr: 'knowngood: the e-mail or the password is wrong\n',
  });
  const opened = await cli.as('bob', [...words, '--password-stdin'], { env, input: password });
  expect(opened).toMatchObject({ code: 0, stderr: expect.stringContaining('needs no approval') });
  const [id = ''] = opened.stdout.split(' ');
  expect(opened.stdout).toMatch(/ open until \S+ in shop\n$/);
  // Nothing is left of the session that signing in opened.
  const { items } = await cli.api('bob').call('listSessions');
  expect(items).toEqual([]);
  const done = await cli.api('bob').call('submitRollback', {
    params: { slug: 'shop' },
    body: {
      mode: 'service',
      tenant: 'acme',
      environment: 'production',
      service: 'api-gateway',
      targetSha: cli.good,
      justification: 'Checkout is down',
    },
  });
  expect(done).toMatchObject({ state: 'completed', breakGlass: { id } });
  expect((await cli.as('ann', ['break-glass'], { env })).stdout).toMatch(
    new RegExp(`${id} +open +bob@example.com +\\d+s +1 +Checkout is down\n`),
  );
  expect(await cli.as('ann', ['break-glass', 'review', id, '--comment', 'x'])).toMatchObject({ code: 5 });
  expect(await cli.as('bob', ['break-glass', 'end', id])).toMatchObject({
    code: 0,
    stdout: `${id} revoked in shop\n`,
  });
  expect(await cli.as('bob', ['break-glass', 'review', id, '--comment', 'fine'])).toMatchObject({ code: 4 });
  expect(
    await cli.as('ann', ['break-glass', 'review', id, '--comment', 'justified', '-o', 'json']),
  ).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('"comment": "justified"'),
  });
  expect(
    (await cli.as('ann', ['break-glass', 'list', '--state', 'unreviewed', '-o', 'name'], { env })).stdout,
  ).toBe('');
});
