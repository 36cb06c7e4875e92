import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { git } from './kit/git.ts';
import { serveRepository } from './kit/git-host.ts';
import { needApproval, rollbackMessage } from './kit/journey.ts';
import { makeRepository, temporaryFolder } from './kit/repository.ts';
import { runCli } from './kit/run-cli.ts';
import { type LocalResult, runLocal } from './kit/run-local.ts';
import type { ProgramResult } from './kit/run-program.ts';
import { client } from './kit/serve-hub.ts';
import { type ServerProcess, startServerProcess } from './kit/server-process.ts';
import { apiGateway, serviceText, shopHistory } from './kit/shop.ts';
import { type Team, gatherTeam, gitAddress } from './kit/team.ts';

const slug = 'shop';
const scope = ['-t', 'acme', '-e', 'production', '-s', 'api-gateway'];
const containing = (text: string): string => expect.stringContaining(text) as string;
const why = 'Bad image tag v2.1.0 causing 500 errors';

/** The command line of one person, signed in with their password, in the project. */
async function commandLine({ origin }: ServerProcess, email: string) {
  const home = temporaryFolder('home');
  const env = { KNOWNGOOD_CONFIG: join(home, 'config.json') };
  /** A process of its own. */
  const run = (...words: string[]): Promise<ProgramResult> => runCli(words, { cwd: home, env });
  /** Inside of this process, which is faster. */
  const quick = (words: readonly string[], input = ''): Promise<LocalResult> =>
    runLocal(words, { cwd: home, env, stdin: Readable.from([input]) });
  const ok = async (...words: string[]): Promise<string> => {
    const { code, stdout, stderr } = await quick(words);
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${stdout}${stderr}`);
    return stdout;
  };
  const signedIn = await quick(
    ['login', origin, '--email', email, '--password-stdin'],
    `long enough for ${email}\n`,
  );
  expect(signedIn).toMatchObject({ code: 0 });
  await ok('context', 'set-project', slug);
  return { run, quick, ok };
}

type CommandLine = Awaited<ReturnType<typeof commandLine>>;

interface Listed {
  readonly revision: string;
  readonly status: string;
  readonly requestId: string | null;
}

/** The history as `history` prints it, once it begins with this revision. */
const untilShown = ({ ok }: CommandLine, revision: string): Promise<readonly Listed[]> =>
  vi.waitFor(
    async () => {
      const rows = JSON.parse(await ok('history', ...scope, '-o', 'json')) as readonly Listed[];
      expect(rows[0]?.revision).toBe(revision);
      return rows;
    },
    { timeout: 60_000, interval: 100 },
  );

interface Story extends Team {
  readonly server: ServerProcess;
  readonly good: string;
  readonly bad: string;
}

/** Jane asks, may not approve her own, bob approves; the request as it ended, by the commands alone. */
async function rollBack({ server, good, bad }: Story) {
  const jane = await commandLine(server, 'jane@example.com');
  const bob = await commandLine(server, 'bob@example.com');
  await untilShown(jane, bad);

  const diff = await jane.quick(['diff', ...scope]);
  expect(diff).toMatchObject({ code: 1, stdout: containing('-  tag: v2.1.0\n-replicas: 5') });
  const forth = await jane.quick(['diff', ...scope, good, bad]);
  expect(forth).toMatchObject({ code: 1, stdout: containing('-  tag: v2.0.9\n-replicas: 3') });
  expect(await jane.ok('fields', ...scope)).toMatch(/^FIELD +NOW +THEN\nimage.tag +v2.1.0 +v2.0.9$/m);
  expect(await jane.quick(['rollback', ...scope, '--push'])).toMatchObject({
    code: 2,
    stderr: 'knowngood: --push is for a repository here; leave it out, or name one with --repo\n',
  });
  const dry = await jane.ok('rollback', ...scope, '-m', why, '--dry-run');
  expect(dry).toContain(`Service rollback of acme/production api-gateway\n  to ${good.slice(0, 8)}`);
  expect(dry).toContain('image.tag  v2.1.0 → v2.0.9');
  expect(dry).toMatch(/Submitted, it waits for 1 approval of .*bob@example\.com/);
  expect(await jane.run('rollback', ...scope, '-m', why)).toMatchObject({ code: 2 });

  const pending = await jane.run('rollback', ...scope, '-m', why, '--yes');
  expect(pending).toMatchObject({ code: 8, stderr: '' });
  const [, id = ''] = /^(rbk-\w+) pending/.exec(pending.stdout) ?? [];
  expect(pending.stdout).toMatch(/waiting for 1 approval of .*bob@example\.com.*knowngood approve rbk-/);

  expect(await jane.run('approve', id, '--yes')).toMatchObject({
    code: 4,
    stderr: 'knowngood: cannot approve/reject your own rollback request\n',
  });
  expect(await bob.run('approve', id, '--yes')).toMatchObject({ code: 0, stdout: containing('completed') });
  const request = JSON.parse(await jane.ok('requests', 'show', id, '-o', 'json')) as {
    readonly commit: string;
    readonly digest: string;
  };
  const rows = await untilShown(jane, request.commit);
  expect(rows).toMatchObject([{ requestId: id }, { revision: bad, status: 'rolled_back' }, {}, {}]);
  return { jane, bob, done: { ...request, id } };
}

/** An export holds, for whoever has it and the key; one byte less does not. */
async function auditHolds(admin: CommandLine): Promise<void> {
  const { stdout: log } = await admin.run('audit', 'export');
  const key = await admin.ok('audit', 'key');
  const dir = temporaryFolder('audit');
  writeFileSync(join(dir, 'hub.pem'), key);
  const verify = (text: string): Promise<ProgramResult> =>
    runCli(['audit', 'verify', '-', '--key', 'hub.pem'], { cwd: dir, input: text });
  expect(await verify(log)).toMatchObject({ code: 0, stderr: '' });
  expect(await verify(log.replace('jane', 'joan'))).toMatchObject({ code: 1 });
}

/** Many programs, one after the other, on a machine that may be busy. */
const patience = 180_000;

test(
  'by the command line: push, history, request, own approval refused, another approves, evidence and audit',
  { timeout: patience },
  async () => {
    await using server = await startServerProcess(['--no-demo', '--data', temporaryFolder('hub')]);
    const team = await gatherTeam(server);
    await team.olga.api.call('createProject', { body: { slug } });
    await needApproval(team, slug);
    using local = makeRepository(shopHistory);
    const url = await gitAddress(server, team.jane, slug);
    await client(local.dir, 'push', '-q', url, 'main');
    const [, good = '', bad = ''] = local.commits;
    const dir = temporaryFolder('clone');
    await client(dir, 'clone', '-q', url, '.');
    const { jane, bob, done } = await rollBack({ ...team, server, good, bad });

    await client(dir, 'pull', '-q', '--ff-only');
    expect(git(dir, 'rev-parse', 'HEAD')).toBe(done.commit);
    expect(git(dir, 'log', '-1', '--format=%B')).toBe(rollbackMessage(good, done));
    expect(readFileSync(join(dir, apiGateway), 'utf8')).toBe(serviceText('v2.0.9'));
    expect(await bob.ok('evidence', done.id)).toContain(why);
    await auditHolds(bob);

    const undone = await jane.run('undo', done.commit.slice(0, 8), '-m', 'It was not the image', '--yes');
    expect(undone).toMatchObject({ code: 8, stderr: '' });
    const again = await jane.run('rollback', ...scope, '--to', good, '-m', why, '--yes');
    expect(again).toMatchObject({ code: 0, stdout: containing('Nothing to change') });
  },
);

test('by the command line, in a connected repository', { timeout: patience }, async () => {
  using upstream = makeRepository(shopHistory);
  await using host = await serveRepository(upstream);
  const words = ['--no-demo', '--data', temporaryFolder('hub'), '--allow-git-network', '127.0.0.0/8'];
  await using server = await startServerProcess([...words, '--plain-http-git']);
  const team = await gatherTeam(server);
  const { url, username, password } = host;
  const credential = { kind: 'password', username, password } as const;
  await team.olga.api.call('createProject', {
    body: { slug, upstream: { url, branch: 'main', credential } },
  });
  await needApproval(team, slug);
  const [, good = '', bad = ''] = upstream.commits;
  const { done } = await rollBack({ ...team, server, good, bad });
  expect(upstream.git('rev-parse', 'main')).toBe(done.commit);
  expect(upstream.git('log', '-1', '--format=%B', 'main')).toBe(rollbackMessage(good, done));
});
