import { expect, test } from 'vitest';
import { serveRepository } from '../../../test/kit/git-host.ts';
import { type HubCli, hubCli } from '../../../test/kit/hub-cli.ts';
import { localGitHosts } from '../../../test/kit/hub.ts';
import { makeRepository } from '../../../test/kit/repository.ts';
import { shopHistory } from '../../../test/kit/shop.ts';

async function withAdmin(): Promise<HubCli> {
  const cli = await hubCli({ settings: localGitHosts });
  await cli.add('bob', { role: 'admin' });
  await cli.add('jane', { role: 'member' });
  return cli;
}

test('a repository elsewhere becomes a project, with its history, and its password is nowhere to be seen', async () => {
  using upstream = makeRepository(shopHistory);
  await using host = await serveRepository(upstream);
  await using cli = await withAdmin();
  const words = ['connect', host.url, 'shop', '--username', host.username];
  const asked = await cli.as('bob', words);
  expect(asked).toMatchObject({
    code: 2,
    stderr: `knowngood: the password of ${host.username} is needed; without a terminal use --password-stdin or KNOWNGOOD_UPSTREAM_PASSWORD\n`,
  });
  const wrong = await cli.as('bob', [...words, '--password-stdin'], { input: 'wrong' });
  expect(wrong.code).toBe(1);
  const { code, stdout, stderr } = await cli.as('bob', words, {
    env: { KNOWNGOOD_UPSTREAM_PASSWORD: host.password },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'Connected; 3 commits indexed\n' });
  expect(stdout).toMatch(/^Project: +shop\nKind: +connected\n/);
  expect(stdout).toMatch(new RegExp(`Head: +${upstream.commits[2]}\n`));
  expect(stdout).toMatch(/Deployments: +3\n/);
  expect(`${wrong.stdout}${wrong.stderr}${stdout}${stderr}`).not.toContain(host.password);
  const again = await cli.as('bob', [...words, '--password-stdin'], { input: host.password });
  expect(again).toEqual({ code: 5, stdout: '', stderr: 'knowngood: project shop already exists\n' });
});

test('an address with a password in it, and an ssh key without host keys, are refused', async () => {
  await using cli = await withAdmin();
  const { code, stderr } = await cli.as('bob', [
    'connect',
    'https://jane:secret@git.example.com/x.git',
    'shop',
  ]);
  expect(code).toBe(2);
  expect(stderr).not.toContain('secret');
  expect(
    await cli.as('bob', ['connect', 'git@git.example.com:x.git', 'shop', '--ssh-key', 'key']),
  ).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('the host key of the Git host is needed; '),
  });
  const files = ['--ssh-key', 'no-such-key', '--known-hosts', 'no-such-file'];
  expect(await cli.as('bob', ['connect', 'git@git.example.com:x.git', 'shop', ...files])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^knowngood: cannot read .*no-such-file: there is no such file\n$/),
  });
});

test('hosted projects are created, listed, shown, indexed anew and deleted', async () => {
  await using cli = await withAdmin();
  expect((await cli.as('bob', ['projects'])).stderr).toBe(
    'You can see no project; make one: knowngood projects create SLUG, or knowngood connect URL\n',
  );
  expect(await cli.as('jane', ['projects', 'create', 'shop'])).toMatchObject({
    code: 4,
    stderr: 'knowngood: you may not change a project: it needs the role admin, and you are member\n',
  });
  const created = await cli.as('bob', ['projects', 'create', 'shop', '--name', 'The \u001b[2Jshop']);
  expect(created).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Push to it: git push http/) });
  expect(created.stdout).toContain('The \\x1b[2Jshop');
  expect((await cli.as('jane', ['projects', '-o', 'name'])).stdout).toBe('shop\n');
  const list = await cli.as('jane', ['projects']);
  expect(list.stdout).toMatch(/^NAME +KIND +BRANCH +HEAD +OPEN +AGE\nshop +hosted +main +empty +0 +\d+s\n$/);
  const json = await cli.as('jane', ['projects', 'show', 'shop', '-o', 'json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ slug: 'shop', kind: 'hosted', head: null });
  expect(await cli.as('jane', ['projects', 'show'])).toMatchObject({
    code: 2,
    stderr:
      'knowngood: no project is chosen; name one with -p SLUG, or run: knowngood context set-project SLUG\n',
  });
  const env = { KNOWNGOOD_PROJECT: 'shop' };
  expect((await cli.as('jane', ['projects', 'show', '-o', 'name'], { env })).stdout).toBe('shop\n');
  expect(await cli.as('bob', ['reindex', '--wait'], { env })).toMatchObject({
    code: 0,
    stderr: 'Indexed 0 commits\n',
  });
  expect(await cli.as('bob', ['projects', 'delete', 'shop'])).toMatchObject({ code: 2 });
  expect(await cli.as('bob', ['projects', 'delete', 'shop', '--yes'])).toEqual({
    code: 0,
    stdout: '',
    stderr: 'Project shop is deleted\n',
  });
  expect(await cli.as('bob', ['projects', 'show', 'shop'])).toMatchObject({ code: 2 });
});
