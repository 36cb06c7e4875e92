import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type TestDatabase, databases } from './kit/databases.ts';
import { git } from './kit/git.ts';
import { serveRepository } from './kit/git-host.ts';
import { needApproval, rollbackMessage } from './kit/journey.ts';
import { cloneRepository, makeRepository, temporaryFolder } from './kit/repository.ts';
import { client } from './kit/serve-hub.ts';
import { type ServerProcess, startServerProcess } from './kit/server-process.ts';
import { apiGateway, checkout, serviceText, shopHistory } from './kit/shop.ts';
import { type Team, gatherTeam, gitAddress, teammateAt } from './kit/team.ts';

const slug = 'shop';
const where = { tenant: 'acme', environment: 'production' };

/** The words of a server for work on new data, which may reach Git hosts on this machine. */
async function wordsOn(database: TestDatabase): Promise<readonly string[]> {
  return [...wordsOnFile(), '--database', await database.fresh()];
}

/** The same with its database in the data folder. */
const wordsOnFile = (): readonly string[] => {
  const local = ['--allow-git-network', '127.0.0.0/8', '--plain-http-git'];
  return ['--no-demo', '--data', temporaryFolder('hub'), ...local];
};

/** Waits until the history begins with this revision. */
const untilShown = ({ jane }: Pick<Team, 'jane'>, revision: string) =>
  vi.waitFor(
    async () => {
      const { items } = await jane.api.call('listDeployments', { params: { slug }, query: where });
      expect(items[0]?.revision).toBe(revision);
      return items;
    },
    { timeout: 20_000, interval: 50 },
  );

interface Story extends Team {
  readonly good: string;
  readonly bad: string;
}

/** Preview, submit, own approval refused, another's carried out; the request as it ended. */
async function rollBack({ jane, bob, good, bad }: Story) {
  await untilShown({ jane }, bad);
  const wish = {
    ...where,
    mode: 'service',
    service: 'api-gateway',
    targetSha: good,
    justification: 'Bad image tag v2.1.0 causing 500 errors',
  } as const;
  const preview = await jane.api.call('previewRollback', { params: { slug }, body: wish });
  expect(preview).toMatchObject({ outcome: 'awaits_approval', approvalsNeeded: 1 });
  const { digest } = preview.plan;
  const pending = await jane.api.call('submitRollback', { params: { slug }, body: { ...wish, digest } });
  expect(pending).toMatchObject({ state: 'pending', digest, commit: null });
  const approval = { params: { id: pending.id }, body: { digest } };
  await expect(jane.api.call('approveRequest', approval)).rejects.toMatchObject({
    status: 403,
    message: 'cannot approve/reject your own rollback request',
  });
  return bob.api.call('approveRequest', approval);
}

/** A project whose history jane pushed with stock git. */
async function pushShop(server: ServerProcess, team: Team): Promise<Story & { readonly url: string }> {
  await team.olga.api.call('createProject', { body: { slug } });
  await needApproval(team, slug);
  using local = makeRepository(shopHistory);
  const url = await gitAddress(server, team.jane, slug);
  await client(local.dir, 'push', '-q', url, 'main');
  const [, good = '', bad = ''] = local.commits;
  return { ...team, good, bad, url };
}

async function clone(url: string): Promise<string> {
  const dir = temporaryFolder('clone');
  await client(dir, 'clone', '-q', url, '.');
  return dir;
}

test.for(databases)(
  'a push, its history, a rollback that another approves, and a clone that shows it ($kind)',
  async (database) => {
    await using server = await startServerProcess(await wordsOn(database));
    const story = await pushShop(server, await gatherTeam(server));
    const { good, bad, jane, bob, olga, url } = story;
    const done = await rollBack(story);
    expect(done).toMatchObject({ state: 'completed', approvalsCounted: 1 });

    const dir = await clone(url);
    expect(git(dir, 'rev-parse', 'HEAD')).toBe(done.commit);
    expect(git(dir, 'log', '-1', '--format=%B')).toBe(rollbackMessage(good, done));
    expect(git(dir, 'diff', '--name-only', 'HEAD^', 'HEAD')).toBe(apiGateway);
    expect(readFileSync(join(dir, apiGateway), 'utf8')).toBe(serviceText('v2.0.9'));
    expect(await untilShown({ jane }, done.commit ?? '')).toMatchObject([
      { source: 'rollback', requestId: done.id },
      { revision: bad, status: 'rolled_back' },
      { revision: good, status: 'success' },
      {},
    ]);
    const page = await bob.api.text('getEvidencePage', { params: { id: done.id } });
    for (const fact of ['jane@example.com', 'bob@example.com', 'v2.0.9', done.commit ?? 'no commit'])
      expect(page).toContain(fact);
    expect(await olga.api.call('verifyAudit')).toMatchObject({ ok: true, firstBad: null });
    expect(await server.end('SIGTERM')).toMatchObject({ code: 0 });
    expect(server.stderr()).toBe('');
  },
);

test('a connected repository is rolled back where it is, and what others push there is shown when it says so', async () => {
  using upstream = makeRepository(shopHistory);
  await using host = await serveRepository(upstream);
  await using server = await startServerProcess(wordsOnFile());
  const team = await gatherTeam(server);
  const { url, username, password } = host;
  const credential = { kind: 'password', username, password } as const;
  const webhookSecret = 'shared with the Git host';
  await team.olga.api.call('createProject', {
    body: { slug, upstream: { url, branch: 'main', fetchSeconds: 3600, credential, webhookSecret } },
  });
  await needApproval(team, slug);
  const [, good = '', bad = ''] = upstream.commits;
  const done = await rollBack({ ...team, good, bad });
  expect(done).toMatchObject({ state: 'completed' });
  expect(upstream.git('rev-parse', 'main')).toBe(done.commit);
  expect(upstream.git('log', '-1', '--format=%B', 'main')).toBe(rollbackMessage(good, done));
  expect(upstream.git('show', `main:${apiGateway}`)).toBe(serviceText('v2.0.9').trim());

  using elsewhere = cloneRepository(upstream);
  writeFileSync(join(elsewhere.dir, checkout), serviceText('v2.2.0'));
  elsewhere.git('commit', '-qam', 'Checkout 2.2.0');
  elsewhere.git('push', '-q', 'origin', 'main');
  const signature = createHmac('sha256', webhookSecret).update('{}').digest('hex');
  const announce = (signed: string) =>
    fetch(`${server.origin}/hooks/${slug}`, {
      method: 'POST',
      headers: { 'x-hub-signature-256': `sha256=${signed}` },
      body: '{}',
    });
  expect((await announce(signature.replaceAll('a', 'b'))).status).toBe(404);
  expect((await announce(signature)).status).toBe(202);
  await untilShown(team, elsewhere.git('rev-parse', 'HEAD'));
  expect(await team.olga.api.call('verifyAudit')).toMatchObject({ ok: true });
});

test('a server that is killed between plan and branch finishes the request at its next start, once', async () => {
  const words = wordsOnFile();
  const env = { KNOWNGOOD_FAIL_AT: 'app.request.planned:1:kill' };
  const first = await startServerProcess(words, { env });
  const story = await pushShop(first, await gatherTeam(first));
  await expect(rollBack(story)).rejects.toThrow('fetch failed');
  expect(await first.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });

  await using second = await startServerProcess(words);
  const jane = teammateAt(second, story.jane);
  const { items } = await jane.api.call('listRequests', { query: { project: slug } });
  expect(items).toMatchObject([{ state: 'completed' }]);
  const request = await jane.api.call('getRequest', { params: { id: items[0]?.id ?? '' } });
  const dir = await clone(await gitAddress(second, jane, slug));
  expect(git(dir, 'log', '-2', '--format=%H')).toBe(`${request.commit}\n${story.bad}`);
  expect(git(dir, 'log', '-1', '--format=%B')).toBe(rollbackMessage(story.good, request));
  const olga = teammateAt(second, story.olga);
  expect(await olga.api.call('verifyAudit')).toMatchObject({ ok: true });
});
