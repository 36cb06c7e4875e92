import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type HubCli, hubCli } from '../../../test/kit/hub-cli.ts';
import { type TestProject, projectWith } from '../../../test/kit/hub.ts';
import { apiGateway, serviceText, setPolicy, shopHistory } from '../../../test/kit/shop.ts';
import { pushFile } from '../../../test/kit/push-file.ts';
import type { EnvironmentPolicy } from '../../domain/policy/policy.ts';
import type { Request } from '../../contract/request.ts';

interface Stage extends AsyncDisposable {
  readonly cli: HubCli;
  readonly shop: TestProject;
  readonly request: Request;
}

const why = 'Bad image tag v2.1.0 causing 500 errors';

/** The request of the page, submitted by jane; bob and ann may approve, vera may look. */
async function submitted(
  policy: Partial<EnvironmentPolicy> = { approvals: 1 },
  justification = why,
): Promise<Stage> {
  const cli = await hubCli();
  const shop = await projectWith(cli.hub, shopHistory);
  for (const name of ['jane', 'bob', 'ann']) await cli.add(name, { role: 'admin' });
  await cli.add('vera', { role: 'viewer' });
  await setPolicy({ hub: cli.hub, project: shop.project }, policy);
  const request = await ask(cli, shop, justification);
  return { cli, shop, request, [Symbol.asyncDispose]: cli[Symbol.asyncDispose] };
}

const ask = (cli: HubCli, { commits }: TestProject, justification = why): Promise<Request> =>
  cli.api('jane').call('submitRollback', {
    params: { slug: 'shop' },
    body: {
      mode: 'service',
      tenant: 'acme',
      environment: 'production',
      service: 'api-gateway',
      targetSha: commits[1],
      justification,
    },
  });

test('a list says what waits and for whom, as a table, as names and for programs', async () => {
  await using stage = await submitted();
  const { cli, request } = stage;
  const list = await cli.as('bob', ['requests']);
  expect({ ...list, stdout: list.stdout.replaceAll(/\d+s /g, '0s ') }).toEqual({
    code: 0,
    stderr: '',
    stdout: [
      `ID${' '.repeat(28)}  STATE              WHERE                        AGE  BY    WHY`,
      `${request.id}  pending 0/1 (you)  acme/production api-gateway  0s   jane  ${why}`,
      '',
    ].join('\n'),
  });
  expect((await cli.as('jane', ['requests', '--waiting'])).stderr).toBe('There is no such request\n');
  expect((await cli.as('bob', ['requests', '--waiting', '-o', 'name'])).stdout).toBe(`${request.id}\n`);
  expect((await cli.as('bob', ['requests', '--mine', '-o', 'json'])).stdout).toBe('[]\n');
  expect((await cli.as('bob', ['requests', '--state', 'completed', '-o', 'name'])).stdout).toBe('');
  expect((await cli.as('bob', ['requests', '-t', 'globex', '-o', 'name'])).stdout).toBe('');
  const json = await cli.as('bob', ['requests', '-p', 'shop', '-t', 'acme', '-o', 'json']);
  expect(JSON.parse(json.stdout)).toMatchObject([{ id: request.id, state: 'pending', waitsForMe: true }]);
  expect((await cli.as('bob', ['requests', '-o', 'wide'])).stdout).toMatch(/Service rollback +shop +\w{8}/);
});

test('a request is shown with its plan, what was said and what can be done', async () => {
  await using stage = await submitted();
  const { cli, request } = stage;
  expect(await cli.as('vera', ['note', request.id, 'x'])).toMatchObject({ code: 4 });
  expect(await cli.as('bob', ['note', request.id, '-'], { input: 'I look at it\n' })).toEqual({
    code: 0,
    stdout: '',
    stderr: `Noted on ${request.id}\n`,
  });
  const { code, stdout } = await cli.as('bob', ['requests', 'show', request.id]);
  expect(code).toBe(0);
  for (const part of [
    `Service rollback of acme/production api-gateway  ${request.id}  pending\n`,
    /Project: +shop\n/,
    new RegExp(`Why: +${why}\n`),
    /Approvals: +0 of 1; bob@example.com or ann@example.com can approve\n/,
    new RegExp(`Digest: +${request.digest}\n`),
    new RegExp(`Page: +${cli.origin}/requests/${request.id}\n`),
    'Changes: 1 service · 2 fields · 1 file\n',
    /Z {2}jane@example.com asked\n/,
    /Z {2}bob@example.com noted: I look at it\n/,
    `  knowngood approve ${request.id}\n`,
  ])
    expect(stdout).toMatch(part);
  const diff = await cli.as('jane', ['requests', 'show', request.id, '--diff']);
  expect(diff.stdout).toMatch(/image\.tag +v2\.1\.0 → v2\.0\.9\n/);
  expect(diff.stdout).not.toContain('knowngood approve');
  const json = await cli.as('jane', ['requests', 'show', request.id, '--diff', '-o', 'yaml']);
  expect(json.stdout).toContain(`id: ${request.id}\n`);
  expect(json.stdout).toContain('changes:\n  kind: rollback\n');
});

test('the own approval is refused in the words of the page, without a question', async () => {
  await using stage = await submitted();
  const { cli, request } = stage;
  expect(await cli.as('jane', ['approve', request.id])).toEqual({
    code: 4,
    stdout: '',
    stderr: 'knowngood: cannot approve/reject your own rollback request\n',
  });
  const json = await cli.as('jane', ['approve', request.id, '-o', 'json']);
  expect(json).toMatchObject({ code: 4, stdout: '' });
  expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'own_request' } });
  expect(await cli.as('vera', ['approve', request.id])).toMatchObject({
    code: 4,
    stderr: expect.stringMatching(/^knowngood: you may not approve or reject/),
  });
});

test('an approval shows what is approved, asks, and completes the request', async () => {
  await using stage = await submitted();
  const { cli, shop, request } = stage;
  const blind = await cli.as('bob', ['approve', request.id]);
  expect(blind).toMatchObject({ code: 2, stdout: '' });
  expect(blind.stderr).toContain('image.tag');
  expect(blind.stderr).toContain('nothing was changed; confirm with --yes when there is no terminal');
  const no = new PassThrough();
  no.write('n\r');
  expect(await cli.as('bob', ['approve', request.id], { stdin: no, interactive: true })).toMatchObject({
    code: 130,
    stdout: '',
  });
  const yes = new PassThrough();
  yes.write('y\r');
  const words = ['approve', request.id, '--comment', 'go'];
  const done = await cli.as('bob', words, { stdin: yes, interactive: true });
  const head = shop.git('rev-parse', 'main');
  expect(done).toMatchObject({
    code: 0,
    stdout:
      `${request.id} completed: acme/production api-gateway\n` +
      `  commit ${head.slice(0, 8)}; to take it back: knowngood undo ${head.slice(0, 8)}\n`,
  });
  expect(done.stderr).toContain('Approve exactly this? [y/N] ');
  expect(shop.git('show', `main:${apiGateway}`)).toContain('v2.0.9');
  const shown = await cli.as('vera', ['requests', 'show', request.id]);
  expect(shown.stdout).toMatch(/bob@example.com approved: go\n/);
  expect(await cli.as('ann', ['approve', request.id])).toEqual({
    code: 5,
    stdout: '',
    stderr: 'knowngood: rollback request is not pending approval\n',
  });
});

test('one approval of two leaves it waiting, with 8, and nobody votes twice', async () => {
  await using stage = await submitted({ approvals: 2, execution: 'manual' });
  const { cli, request } = stage;
  const first = await cli.as('bob', ['approve', request.id, '--yes']);
  expect(first).toEqual({
    code: 8,
    stderr: '',
    stdout:
      `${request.id} pending: acme/production api-gateway\n` +
      `  waiting for 1 approval of ann@example.com; they can: knowngood approve ${request.id}\n`,
  });
  expect(await cli.as('bob', ['approve', request.id, '--yes'])).toEqual({
    code: 5,
    stdout: '',
    stderr: 'knowngood: you have already reviewed this rollback request\n',
  });
  const stale = ['approve', request.id, '--yes', '--digest', `sha256:${'0'.repeat(64)}`];
  expect(await cli.as('ann', stale)).toMatchObject({ code: 5 });
  const waited = await cli.as('ann', [
    'requests',
    'show',
    request.id,
    '--wait',
    '--timeout',
    '1',
    '-o',
    'name',
  ]);
  expect(waited).toMatchObject({ code: 8, stdout: `${request.id}\n` });
  const second = await cli.as('ann', ['approve', request.id, '-o', 'json']);
  expect(second.code).toBe(0);
  expect(JSON.parse(second.stdout)).toMatchObject({ state: 'approved', approvalsCounted: 2 });
  const executed = await cli.as('bob', ['execute', request.id]);
  expect(executed.code).toBe(0);
  expect(executed.stdout).toMatch(/ completed: acme\/production api-gateway\n {2}commit \w{8}; /);
});

test('whoever waits is told as soon as somebody else has approved', async () => {
  await using stage = await submitted();
  const { cli, request } = stage;
  const waiting = cli.as('jane', ['requests', 'show', request.id, '--wait', '-o', 'json']);
  await cli.as('bob', ['approve', request.id, '--yes']);
  const { code, stdout } = await waiting;
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ state: 'completed' });
});

test('reject, resubmit and cancel end a request as they say', async () => {
  await using stage = await submitted();
  const { cli, request } = stage;
  expect(await cli.as('bob', ['reject', request.id])).toMatchObject({
    code: 2,
    stderr: "knowngood: required option '--comment <text>' not specified\n",
  });
  expect(await cli.as('bob', ['reject', request.id, '--comment', 'wrong tenant'])).toEqual({
    code: 0,
    stderr: '',
    stdout: `${request.id} rejected: acme/production api-gateway\n`,
  });
  const again = await cli.as('jane', ['resubmit', request.id, '-o', 'name']);
  expect(again).toMatchObject({ code: 8, stderr: '' });
  const id = again.stdout.trim();
  expect(id).not.toBe(request.id);
  expect((await cli.as('jane', ['requests', 'show', id])).stdout).toMatch(
    new RegExp(`Again of: +${request.id}`),
  );
  expect(await cli.as('jane', ['cancel', id, '--reason', 'fixed forward'])).toMatchObject({
    code: 0,
    stdout: `${id} cancelled: acme/production api-gateway\n`,
  });
  expect(await cli.as('bob', ['execute', id])).toEqual({
    code: 5,
    stdout: '',
    stderr: 'knowngood: cannot execute a rollback request that is cancelled\n',
  });
});

test('what changed since is a conflict that names the paths', async () => {
  await using stage = await submitted();
  const { cli, shop, request } = stage;
  pushFile({ ...shop, hub: cli.hub }, apiGateway, serviceText('v2.1.1'));
  const { code, stderr } = await cli.as('bob', ['approve', request.id, '--yes']);
  expect(code).toBe(5);
  expect(stderr).toContain(
    `what this would change has changed since: ${apiGateway}; preview it again and submit it anew`,
  );
});

test('text of others cannot act on a terminal', async () => {
  await using stage = await submitted({ approvals: 1 }, 'evil\u001b[2J\u0007\r\nrbk-forged approved');
  const { cli, request } = stage;
  await cli.as('bob', ['note', request.id, '\u001b]0;title\u0007\u202eevil']);
  for (const words of [
    ['requests'],
    ['requests', '-o', 'wide'],
    ['requests', 'show', request.id, '--diff'],
    ['requests', 'show', request.id, '-o', 'json'],
    ['requests', 'show', request.id, '-o', 'yaml'],
    ['approve', request.id],
  ]) {
    const { stdout, stderr } = await cli.as('bob', words);
    expect(`${stdout}${stderr}`).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
    expect(`${stdout}${stderr}`).not.toMatch(/^rbk-forged/m);
  }
});

test('an id that is none, and one that is not there, are refused', async () => {
  await using stage = await submitted();
  const { cli } = stage;
  expect(await cli.as('bob', ['requests', 'show', '../../x'])).toMatchObject({ code: 2 });
  expect(await cli.as('bob', ['requests', 'show', 'rbk-01JD0000000000000000000000'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'knowngood: this request does not exist, or is not visible to you\n',
  });
});
