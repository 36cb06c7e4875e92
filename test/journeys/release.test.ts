import { PassThrough } from 'node:stream';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { api, fleet, production, projectFile, serviceFile, web } from '../kit/fleet.ts';
import { type HubCli, hubCli } from '../kit/hub-cli.ts';
import { projectWith } from '../kit/hub.ts';
import { pushFile } from '../kit/push-file.ts';
import { type TestRepository, makeRepository, readTree, temporaryFolder } from '../kit/repository.ts';
import { runLocal } from '../kit/run-local.ts';
import { apiGateway, serviceText, setPolicy, shopHistory } from '../kit/shop.ts';

const release = (repo: TestRepository, ...words: readonly string[]) =>
  runLocal(['release', '--repo', repo.dir, ...production, ...words]);

test('a release in a repository here sets fields, and an undo takes them back to the byte', async () => {
  using repo = makeRepository(fleet);
  const before = repo.git('rev-parse', 'HEAD^{tree}');
  const dry = await release(repo, '--set', 'api:image.tag=v9', '--dry-run');
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(dry.stdout).toContain('Release to acme/production');
  expect(dry.stdout).toMatch(/image\.tag +v3 → v9/);
  expect(repo.git('rev-parse', 'HEAD^{tree}')).toBe(before);
  const set = ['--set', 'api:image.tag=v9', '--set', 'api:replicas=7'];
  const done = await release(repo, ...set, '-m', 'INC-42', '--yes');
  expect(done).toMatchObject({ code: 0, stderr: '' });
  const text = readTree(repo).get(api);
  expect(text).toContain('tag: v9');
  expect(text).toContain('replicas: 7');
  expect(repo.git('diff', '--name-only', 'HEAD^', 'HEAD')).toBe(api);
  expect(repo.git('log', '-1', '--format=%B')).toMatch(
    /^Release: tenant\/acme env\/production → api v9\n\nService: api\nFields: image.tag, replicas\nJustification: INC-42\n/,
  );
  expect(await release(repo, ...set, '--yes')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Nothing to change: it is already so.'),
  });
  expect((await runLocal(['undo', 'HEAD', '--repo', repo.dir, '--yes'])).code).toBe(0);
  expect(repo.git('rev-parse', 'HEAD^{tree}')).toBe(before);
});

test('files come from here, files go, and programs read what came of it', async () => {
  using repo = makeRepository(fleet);
  const folder = temporaryFolder('files');
  writeFileSync(join(folder, 'new.yaml'), 'a: 1\n');
  const added = api.replace('service.yaml', 'patch.yaml');
  const { code, stdout } = await runLocal(
    [
      'release',
      '--repo',
      repo.dir,
      ...production,
      '--file',
      `${added}=new.yaml`,
      '--remove',
      web,
      '-o',
      'json',
    ],
    { cwd: folder },
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'release', target: null, outcome: 'committed' });
  expect(readTree(repo).get(added)).toBe('a: 1\n');
  expect(readTree(repo).has(web)).toBe(false);
});

test.each([
  [['--set', 'api:image.tag'], 2, 'Give it as SERVICE:FIELD=VALUE'],
  [[], 2, 'name at least one field or file to change'],
  [['--set', 'nobody:image.tag=v1'], 2, 'acme/production has no service nobody'],
  [['--set', 'api:imgae=v1'], 2, 'did you mean image?'],
  [['--remove', 'variables.yaml', '--remove', 'variables.yaml'], 2, 'it is named twice'],
  [['--file', `${api}=nothing-here`], 2, 'there is no such file'],
  [['--set', 'api:image.tag=v1', '--wait'], 2, '--wait is for a project on a server'],
])('%j is refused, and nothing changes', async (words, code, reason) => {
  using repo = makeRepository(fleet);
  const head = repo.git('rev-parse', 'HEAD');
  const result = await release(repo, ...words, '--yes');
  expect(result).toMatchObject({ code, stdout: '' });
  expect(result.stderr).toContain(reason);
  expect(repo.git('rev-parse', 'HEAD')).toBe(head);
});

async function shopOn(cli: HubCli) {
  const shop = await projectWith(cli.hub, shopHistory);
  for (const name of ['jane', 'bob']) await cli.add(name, { role: 'admin' });
  await setPolicy({ hub: cli.hub, project: shop.project }, { approvals: 1 });
  return shop;
}

test('on a server a release is shown, submitted, approved and committed, and --wait stays for the end', async () => {
  await using cli = await hubCli();
  const shop = await shopOn(cli);
  const words = ['release', '-p', 'shop', ...production, '--set', 'api-gateway:image.tag=v2.1.1'];
  const dry = await cli.as('jane', [...words, '--dry-run']);
  expect(dry).toMatchObject({ code: 0 });
  expect(dry.stdout).toMatch(
    /Release to acme\/production api-gateway\n[^]*image\.tag +v2\.1\.0 → v2\.1\.1\n/,
  );
  expect(dry.stdout).toContain('waits for 1 approval of bob');
  const asked = cli.as('jane', [
    ...words,
    '-s',
    'api-gateway',
    '--set',
    'replicas=4',
    '-m',
    'fix',
    '--yes',
    '--wait',
  ]);
  let waiting: { readonly id: string; readonly digest: string } | undefined;
  while (!waiting) {
    const { items } = await cli.api('bob').call('listRequests', { query: { waitsForMe: 'true' } });
    const [item] = items;
    if (item) waiting = await cli.api('bob').call('getRequest', { params: { id: item.id } });
  }
  const shown = await cli.as('bob', ['requests', 'show', waiting.id]);
  expect(shown.stdout).toContain('Release to acme/production api-gateway');
  const yes = new PassThrough();
  yes.write('y\r');
  expect((await cli.as('bob', ['approve', waiting.id], { stdin: yes, interactive: true })).code).toBe(0);
  expect(await asked).toMatchObject({ code: 0, stdout: expect.stringContaining('completed') });
  expect(shop.git('show', `main:${apiGateway}`)).toBe(serviceText('v2.1.1', 4).trimEnd());
  const elsewhere = await cli.as('jane', [...words, '--push']);
  expect(elsewhere).toMatchObject({ code: 2, stderr: expect.stringContaining('--push is for a repository') });
});

const stagingApi = api.replace('production', 'staging');

test('a promotion in a repository here carries the image and leaves what belongs to the environment', async () => {
  using repo = makeRepository([
    ...fleet,
    { message: 'v4 in staging', files: { [stagingApi]: serviceFile('v4', 1, 'warn') } },
  ]);
  const words = ['promote', '--repo', repo.dir, '-t', 'acme', '--from', 'staging', '--to', 'production'];
  const dry = await runLocal([...words, '-s', 'api', '--dry-run']);
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(dry.stdout).toContain('Promotion to acme/production api from staging');
  expect(dry.stdout).toMatch(/image\.tag +v3 → v4/);
  expect(dry.stdout).toContain('Kept: 2 differences between the environments');
  expect(dry.stdout).toMatch(/service\.yaml#\/replicas +it is no image/);
  const done = await runLocal([...words, '--only', 'image', '--yes', '-o', 'json']);
  expect(JSON.parse(done.stdout)).toMatchObject({ kind: 'promotion', from: 'staging', outcome: 'committed' });
  expect(readTree(repo).get(api)).toBe(serviceFile('v4', 5, 'debug'));
  expect(repo.git('diff', '--name-only', 'HEAD^', 'HEAD')).toBe(api);
  const back = ['promote', '--repo', repo.dir, '-t', 'acme', '--from', 'production', '--to', 'staging'];
  expect(await runLocal(back)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('a promotion goes from an earlier environment to a later one'),
  });
  expect(await runLocal([...words, '--only', 'replicas'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('It must be one of image, chart, values, variables.'),
  });
});

test('on a server a promotion is a request like any other', async () => {
  await using cli = await hubCli();
  const shop = await shopOn(cli);
  const dev = apiGateway.replace('production', 'dev');
  pushFile({ ...shop, hub: cli.hub }, 'knowngood.yaml', projectFile);
  pushFile({ ...shop, hub: cli.hub }, dev, serviceText('v2.2.0', 1));
  const words = [
    'promote',
    '-p',
    'shop',
    '-t',
    'acme',
    '--from',
    'dev',
    '--to',
    'production',
    '-s',
    'api-gateway',
  ];
  const asked = await cli.as('jane', [...words, '-m', 'a week without incident', '--yes', '-o', 'json']);
  expect(asked.code).toBe(8);
  const { request } = JSON.parse(asked.stdout) as { request: { id: string; digest: string } };
  const shown = await cli.as('bob', ['requests', 'show', request.id, '--diff']);
  expect(shown.stdout).toContain('Promotion to acme/production api-gateway');
  expect(shown.stdout).toContain('1 difference between the environments stays');
  const yes = ['approve', request.id, '--digest', request.digest, '--yes'];
  expect((await cli.as('bob', yes)).code).toBe(0);
  expect(shop.git('show', `main:${apiGateway}`)).toBe(serviceText('v2.2.0', 5).trimEnd());
});
