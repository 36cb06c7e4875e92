import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sealSecrets } from '../src/app/projects/upstream-secrets.ts';
import type { HubProject } from '../src/app/projects/hub-project.ts';
import type { ProjectRepository } from '../src/app/projects/repository-pool.ts';
import { applyEdits } from '../src/git/apply-edits.ts';
import { writeCommit } from '../src/git/write-commit.ts';
import { databases } from './kit/databases.ts';
import { git } from './kit/git.ts';
import { serveRepository } from './kit/git-host.ts';
import { connectedProject, localGitHosts, makeHub } from './kit/hub.ts';
import { cloneRepository, makeRepository } from './kit/repository.ts';

const api = 'tenants/acme/production/api/service.yaml';
const history = [{ files: { [api]: 'tag: 1\n' }, tag: 'v1' }, { files: { [api]: 'tag: 2\n' } }];

/** A hub connected to a repository behind stock git's own server. */
async function setUp(of: Parameters<typeof connectedProject>[2] = {}) {
  const upstream = makeRepository(history);
  const host = await serveRepository(upstream);
  const hub = await makeHub({ settings: localGitHosts });
  const project = await connectedProject(hub, host, of);
  const dispose = async () => {
    await hub.close();
    await host[Symbol.asyncDispose]();
    upstream[Symbol.dispose]();
  };
  return { upstream, host, hub, project, [Symbol.asyncDispose]: dispose };
}

/** Writes a commit on the present head, without publishing it. */
async function plan(at: ProjectRepository, text: string, message = 'Rollback') {
  const head = await at.head();
  const edit = { kind: 'write', path: api, mode: '100644', text } as const;
  const { tree, objects } = await applyEdits(at.reader, head.tree, [edit]);
  const who = { name: 'Jane', email: 'jane@example.com', seconds: 1_800_000_000, zone: '+0000' };
  const content = { tree, parents: [head.revision], author: who, committer: who, message };
  return { from: head.revision, commit: await writeCommit(at.repository, content, objects) };
}

/** Somebody else commits at the upstream. */
function pushElsewhere(upstream: ReturnType<typeof makeRepository>, file = 'other.txt'): string {
  using clone = cloneRepository(upstream);
  git(clone.dir, 'commit', '-q', '--allow-empty', '-m', `Change ${file}`);
  git(clone.dir, 'push', '-q', 'origin', 'main');
  return clone.git('rev-parse', 'HEAD');
}

test('the first use fetches branch and tags, and a cache that is gone is fetched again', async () => {
  await using at = await setUp();
  const { hub, project, upstream } = at;
  const head = () => hub.repositories.use(project, (at) => at.head());
  expect((await head()).revision).toBe(upstream.commits[1]);
  await hub.repositories.use(project, async ({ repository }) => {
    expect(git(repository.gitDir, 'rev-parse', 'v1')).toBe(upstream.commits[0]);
    expect(git(repository.gitDir, 'config', '--list', '--local')).not.toMatch(/remote|extraheader|url/i);
  });
  await hub.close();
  rmSync(hub.repositories.pathOf(project.id), { recursive: true });
  await using again = await makeHub({ like: hub, settings: localGitHosts });
  const found = await again.repositories.use(project, (at) => at.head());
  expect(found.revision).toBe(upstream.commits[1]);
});

test('a published commit is at the upstream, durably, and in the local copy', async () => {
  await using at = await setUp();
  const { hub, project, upstream } = at;
  await hub.repositories.use(project, async (at) => {
    const planned = await plan(at, 'tag: 1\n');
    expect(await at.contains(planned.commit)).toBe(false);
    await at.publish(planned);
    expect(upstream.git('rev-parse', 'main')).toBe(planned.commit);
    expect(await at.tip()).toBe(planned.commit);
    expect(await at.contains(planned.commit)).toBe(true);
  });
});

test('an upstream that moved is fetched and never forced', async () => {
  await using at = await setUp();
  const { hub, project, upstream } = at;
  await hub.repositories.use(project, async (at) => {
    const planned = await plan(at, 'tag: 1\n');
    const theirs = pushElsewhere(upstream);
    await expect(at.publish(planned)).rejects.toMatchObject({ code: 'ref_moved', facts: { actual: theirs } });
    expect((await at.head()).revision).toBe(theirs);
    expect(upstream.git('rev-parse', 'main')).toBe(theirs);
    const again = await plan(at, 'tag: 1\n');
    await at.publish(again);
    expect(upstream.git('rev-parse', 'main^')).toBe(theirs);
  });
});

test('a lost answer is asked for again', async () => {
  await using at = await setUp();
  const { hub, host, project, upstream } = at;
  await hub.repositories.use(project, async (at) => {
    const planned = await plan(at, 'tag: 1\n');
    host.loseAnswer('git-receive-pack');
    await at.publish(planned);
    expect(upstream.git('rev-parse', 'main')).toBe(planned.commit);
    expect(host.asked).toContain('git-receive-pack');
    expect(await at.contains(planned.commit)).toBe(true);
  });
});

test.for([
  ['fail', /^(?!.*knowngood\/).*main is protected/],
  ['branch', /main is protected.*it is there as branch knowngood\/rbk-0{26}: open a pull request/],
] as const)('branch protection is told in its own words (%s)', async ([onRefusedPush, words]) => {
  await using at = await setUp({ onRefusedPush });
  const { hub, host, project, upstream } = at;
  host.protect('refs/heads/main', 'main is protected');
  const id = `rbk-${'0'.repeat(26)}`;
  await hub.repositories.use(project, async (at) => {
    const planned = await plan(at, 'tag: 1\n', `Rollback\n\nRollback-Request-Id: ${id}\n`);
    const failure: unknown = await at.publish(planned).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'push_rejected',
      facts: { reason: expect.stringMatching(words) as string },
    });
    expect(await at.contains(planned.commit)).toBe(false);
    const offered = upstream.git('for-each-ref', '--format=%(objectname)', `refs/heads/knowngood/${id}`);
    expect(offered).toBe(onRefusedPush === 'branch' ? planned.commit : '');
  });
});

test('history that was rewritten there is followed', async () => {
  await using at = await setUp();
  const { hub, project, upstream } = at;
  await hub.repositories.use(project, async (at) => {
    await at.head();
    upstream.git('update-ref', 'refs/heads/main', upstream.commits[0] ?? '');
    expect(await at.fetch()).toBe(upstream.commits[0]);
    expect(await at.tip()).toBe(upstream.commits[0]);
  });
});

test('a wrong password is told without showing any', async () => {
  await using at = await setUp();
  const { hub, project } = at;
  const sealed = sealSecrets(hub.seal, project.id, { password: 's3cret' });
  const failure: unknown = await hub.repositories
    .use({ ...project, sealedCredentials: sealed }, (at) => at.head())
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'upstream_unreachable',
    message: expect.stringContaining('could not fetch') as string,
  });
  expect(String(failure)).not.toMatch(/s3cret|aHVi/);
});

test('hosts in private networks are reached only where that is allowed', async () => {
  await using at = await setUp();
  const { project } = at;
  await using strict = await makeHub({ secretKey: at.hub.secretKey });
  const { networks, plainHttp } = strict.settings.gitHosts;
  expect([networks, plainHttp]).toEqual([[], false]);
  const { settings } = project;
  const pointedAt = (url: string): HubProject => ({
    ...project,
    settings: { ...settings, ...(settings.upstream && { upstream: { ...settings.upstream, url } }) },
  });
  for (const [address, code] of [
    [project.settings.upstream?.url ?? '', 'upstream_forbidden'],
    ['https://localhost/a.git', 'upstream_forbidden'],
    ['https://169.254.169.254/latest', 'upstream_forbidden'],
    ['ssh://git@[::1]/a.git', 'upstream_forbidden'],
    ['https://nowhere.invalid/a.git', 'upstream_unreachable'],
    ['file:///etc', 'name_malformed'],
  ] as const)
    await expect(strict.repositories.use(pointedAt(address), (at) => at.fetch())).rejects.toMatchObject({
      code,
    });
});

test.for(databases)(
  'two servers without a shared disk agree through the upstream ($kind)',
  async (database) => {
    const upstream = makeRepository(history);
    await using host = await serveRepository(upstream);
    await using one = await makeHub({ database, settings: localGitHosts });
    const project = await connectedProject(one, host);
    // SQLite belongs to one server; the repositories are apart in either case.
    await using two = await makeHub({ settings: localGitHosts });
    const elsewhere = {
      ...project,
      sealedCredentials: sealSecrets(two.seal, project.id, { password: host.password }),
    };
    await one.repositories.use(project, (first) =>
      two.repositories.use(elsewhere, async (second) => {
        await second.head();
        const [mine, theirs] = [await plan(first, 'tag: a\n'), await plan(second, 'tag: b\n')];
        const outcomes = await Promise.allSettled([first.publish(mine), second.publish(theirs)]);
        expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
        const won = outcomes[0].status === 'fulfilled' ? mine.commit : theirs.commit;
        expect(upstream.git('rev-parse', 'main')).toBe(won);
        expect(await first.contains(won)).toBe(true);
        expect(await second.contains(won)).toBe(true);
        expect((await first.head()).revision).toBe((await second.head()).revision);
      }),
    );
  },
);
