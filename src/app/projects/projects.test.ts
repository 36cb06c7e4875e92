import { createHmac } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { git } from '../../../test/kit/git.ts';
import { serveRepository } from '../../../test/kit/git-host.ts';
import { localGitHosts, makeHub, person, projectWith } from '../../../test/kit/hub.ts';
import { cloneRepository, makeRepository } from '../../../test/kit/repository.ts';
import { defaultPolicy } from '../../domain/policy/policy.ts';
import { request } from '../../store/request.test-kit.ts';
import { changeProject } from './change-project.ts';
import { createProject } from './create-project.ts';
import { deleteProject } from './delete-project.ts';
import { fetchProject } from './fetch-project.ts';
import { getProject } from './get-project.ts';
import { indexHistory } from './index-history.ts';
import { listProjects } from './list-projects.ts';
import { listTenantEnvironments } from './list-tenant-environments.ts';
import { upstreamHooks } from './receive-upstream-hook.ts';
import { getIndexProgress, reindexProject } from './reindex-project.ts';
import { startFetching } from './start-fetching.ts';
import { startIndexing } from './start-indexing.ts';

const api = 'tenants/acme/production/api/service.yaml';
const history = [
  { files: { [api]: 'tag: 1\n' } },
  { files: { 'tenants/acme/dev/api/service.yaml': 'tag: 1\n' } },
];

/** Until it holds, for at most five seconds. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let left = 250; left > 0; left -= 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not come to hold');
}

test.for(databases)('a project is created empty, found, changed and deleted ($kind)', async (database) => {
  await using hub = await makeHub({ database });
  const root = await person(hub, 'root', { role: 'admin' });
  const made = await createProject(hub, root, { slug: 'shop', name: 'Shop', branch: 'trunk' });
  expect(made).toMatchObject({
    head: undefined,
    environments: [],
    index: { state: 'idle', indexed: 0 },
    project: { kind: 'hosted', settings: { branch: 'trunk' } },
  });
  const path = hub.repositories.pathOf(made.project.id);
  expect(git(path, 'symbolic-ref', 'HEAD')).toBe('refs/heads/trunk');
  await expect(createProject(hub, root, { slug: 'shop' })).rejects.toMatchObject({ code: 'already_exists' });
  const changed = await changeProject(hub, root, { slug: 'shop', description: 'All of it' });
  expect(changed.project).toMatchObject({
    version: 2,
    settings: { description: 'All of it', branch: 'trunk' },
  });
  await expect(deleteProject(hub, root, { slug: 'shop', confirm: 'other' })).rejects.toMatchObject({
    code: 'field_missing',
  });
  await deleteProject(hub, root, { slug: 'shop', confirm: 'shop' });
  await expect(getProject(hub, root, 'shop')).rejects.toMatchObject({ code: 'not_visible' });
  expect([existsSync(path), existsSync(`${path}.deleted`)]).toEqual([false, true]);
  const actions = (await hub.store.audit.after(0, 9)).map(({ entry }) => entry.action);
  expect(actions).toEqual(['project.created', 'project.changed', 'project.deleted']);
  await createProject(hub, root, { slug: 'shop' });
});

test('members do not create or change projects', async () => {
  await using hub = await makeHub();
  const jane = await person(hub, 'jane');
  await projectWith(hub, history);
  const refused = { kind: 'forbidden' };
  await expect(createProject(hub, jane, { slug: 'new' })).rejects.toMatchObject(refused);
  await expect(changeProject(hub, jane, { slug: 'shop', name: 'x' })).rejects.toMatchObject(refused);
  await expect(deleteProject(hub, jane, { slug: 'shop', confirm: 'shop' })).rejects.toMatchObject(refused);
  await expect(reindexProject(hub, jane, 'shop')).rejects.toMatchObject(refused);
});

test('a bad branch name leaves nothing behind', async () => {
  await using hub = await makeHub();
  const root = await person(hub, 'root', { role: 'admin' });
  for (const branch of ['-x', 'a..b', 'refs/heads/', 'a b'])
    await expect(createProject(hub, root, { slug: 'shop', branch })).rejects.toMatchObject({
      code: 'branch_malformed',
    });
  expect(await hub.store.projects.list()).toEqual([]);
});

test('projects are listed by slug in pages, for those who may know of them', async () => {
  await using hub = await makeHub();
  for (const slug of ['b', 'a', 'c']) await projectWith(hub, history, { slug });
  const vera = await person(hub, 'vera', { role: 'viewer' });
  const first = await listProjects(hub, vera, { limit: 2 });
  expect(first.projects.map(({ project }) => project.slug)).toEqual(['a', 'b']);
  const second = await listProjects(hub, vera, { limit: 2, cursor: first.nextCursor });
  expect(second.projects.map(({ project }) => project.slug)).toEqual(['c']);
  expect(second.nextCursor).toBeUndefined();
  const xaver = await person(hub, 'xaver', { role: undefined });
  expect((await listProjects(hub, xaver, {})).projects).toEqual([]);
});

test.for(databases)('tenant-environments show what runs there and what waits ($kind)', async (database) => {
  await using hub = await makeHub({ database });
  const { project, commits } = await projectWith(hub, history);
  const vera = await person(hub, 'vera', { role: 'viewer' });
  await indexHistory(hub, project.id);
  await hub.store.tx(async (tx) => {
    await tx.requests.add(request({ projectId: project.id }), []);
    const policy = { ...defaultPolicy, approvals: 2 };
    await tx.policies.add(project.id, {
      environment: 'production',
      version: 1,
      policy,
      changedBy: undefined,
      changedAt: 0,
    });
  });
  expect(await listTenantEnvironments(hub, vera, 'shop')).toMatchObject([
    {
      environment: 'dev',
      services: ['api'],
      current: { revision: commits[1] },
      openRequests: 0,
      holds: 0,
      approvalsNeeded: 0,
    },
    {
      environment: 'production',
      current: { revision: commits[0], current: true },
      openRequests: 1,
      approvalsNeeded: 2,
    },
  ]);
  expect(await getProject(hub, vera, 'shop')).toMatchObject({
    openRequests: 1,
    environments: ['dev', 'production'],
    index: { state: 'idle', indexed: 2, total: 2, head: commits[1] },
  });
});

test.for(databases)('of open requests only those count that may be seen ($kind)', async (database) => {
  await using hub = await makeHub({ database });
  const { project } = await projectWith(hub, history);
  const at = (id: string, ...where: readonly { readonly tenant: string; readonly environment: string }[]) => {
    const one = request({ id, projectId: project.id });
    return { ...one, scope: { ...one.scope, where } };
  };
  const production = { tenant: 'acme', environment: 'production' };
  const dev = { tenant: 'acme', environment: 'dev' };
  const globex = { tenant: 'globex', environment: 'production' };
  await hub.store.tx(async (tx) => {
    await tx.requests.add(at('rbk-1', production), []);
    await tx.requests.add(at('rbk-2', production, dev), []);
    await tx.requests.add(at('rbk-3', globex), []);
  });
  const count = async (...grants: readonly object[]) => {
    const xaver = await person(hub, hub.newId('usr_'), { role: undefined });
    const given = grants.map((grant) => ({
      projectId: project.id,
      verb: 'read' as const,
      ...anywhere,
      ...grant,
    }));
    const actor = { ...xaver, grants: given };
    const { projects } = await listProjects(hub, actor, {});
    expect(projects).toMatchObject([await getProject(hub, actor, 'shop')]);
    return projects[0]?.openRequests;
  };
  const anywhere = { tenant: undefined, environment: undefined };
  expect(await count({})).toBe(3);
  expect(await count({ tenant: 'acme' })).toBe(2);
  expect(await count({ tenant: 'acme', environment: 'dev' })).toBe(1);
  expect(await count({ tenant: 'globex' })).toBe(1);
  expect(await count({ tenant: 'initech' })).toBe(0);
});

test('an index that is asked for anew is built by the loop', async () => {
  await using hub = await makeHub();
  const root = await person(hub, 'root', { role: 'admin' });
  const { project, commits } = await projectWith(hub, history);
  const errors: unknown[] = [];
  const loop = startIndexing(hub, (error) => errors.push(error));
  const isDone = async () => (await getIndexProgress(hub, root, 'shop')).state === 'idle';
  await until(isDone);
  await hub.store.tx((tx) => tx.deployments.clear(project.id));
  await reindexProject(hub, root, 'shop');
  await until(async () => (await hub.store.deployments.position(project.id, commits[0] ?? '')) === 1);
  await until(isDone);
  await loop.stop();
  expect(errors).toEqual([]);
});

async function connected(of: { readonly fetchSeconds?: number } = {}) {
  const upstream = makeRepository(history);
  const host = await serveRepository(upstream);
  const hub = await makeHub({ settings: localGitHosts });
  const root = await person(hub, 'root', { role: 'admin' });
  const credential = { kind: 'password', username: host.username, password: host.password } as const;
  const webhookSecret = 'a shared secret of ours';
  const input = { url: host.url, branch: 'main', credential, webhookSecret, ...of };
  const dispose = async () => {
    await hub.close();
    await host[Symbol.asyncDispose]();
    upstream[Symbol.dispose]();
  };
  return { upstream, host, hub, root, input, webhookSecret, [Symbol.asyncDispose]: dispose };
}

function pushElsewhere(upstream: ReturnType<typeof makeRepository>): string {
  using clone = cloneRepository(upstream);
  git(clone.dir, 'commit', '-q', '--allow-empty', '-m', 'Elsewhere');
  git(clone.dir, 'push', '-q', 'origin', 'main');
  return clone.git('rev-parse', 'HEAD');
}

test('a repository is connected after a first fetch, and its secrets are never in the clear', async () => {
  await using at = await connected();
  const { hub, root, host, upstream, input } = at;
  const made = await createProject(hub, root, { slug: 'shop', upstream: input });
  expect(made).toMatchObject({ head: upstream.commits[1], project: { kind: 'connected' } });
  const stored = JSON.stringify([await hub.store.projects.list(), await hub.store.audit.after(0, 9)]);
  for (const secret of [host.password, at.webhookSecret]) expect(stored).not.toContain(secret);
  const theirs = pushElsewhere(upstream);
  expect((await fetchProject(hub, root, 'shop')).head).toBe(theirs);
  const actions = (await hub.store.audit.after(0, 9)).map(({ entry }) => entry.action);
  expect(actions).toEqual(['project.connected', 'project.fetched', 'project.fetched']);
});

test('what cannot be fetched is not connected, and leaves nothing behind', async () => {
  await using at = await connected();
  const { hub, root, input } = at;
  const tries = [
    [{ credential: { kind: 'none' } }, 'upstream_unreachable'],
    [{ branch: 'nope' }, 'upstream_unreachable'],
    [{ url: 'https://169.254.169.254/x' }, 'upstream_forbidden'],
    [{ url: 'https://a:b@host/x' }, 'name_malformed'],
  ] as const;
  for (const [part, code] of tries)
    await expect(
      createProject(hub, root, { slug: 'shop', upstream: { ...input, ...part } }),
    ).rejects.toMatchObject({ code });
  expect(await hub.store.projects.list()).toEqual([]);
  expect(readdirSync(`${hub.settings.dataDir}/repositories`)).toEqual([]);
});

test('an upstream is changed only for one that can be reached, and keeps what is not said', async () => {
  await using at = await connected();
  const { hub, root, input, upstream } = at;
  await createProject(hub, root, { slug: 'shop', upstream: input });
  const wrong = { credential: { kind: 'password', username: 'x', password: 'y' } } as const;
  await expect(changeProject(hub, root, { slug: 'shop', upstream: wrong })).rejects.toMatchObject({
    code: 'upstream_unreachable',
  });
  const { project } = await changeProject(hub, root, { slug: 'shop', upstream: { onRefusedPush: 'branch' } });
  expect(project.settings.upstream).toMatchObject({
    url: input.url,
    onRefusedPush: 'branch',
    webhookSigned: true,
  });
  const theirs = pushElsewhere(upstream);
  expect((await fetchProject(hub, root, 'shop')).head).toBe(theirs);
});

test('signed webhooks of each kind of host lead to a fetch, and others to nothing', async () => {
  await using at = await connected();
  const { hub, root, input, upstream, webhookSecret } = at;
  const { project } = await createProject(hub, root, { slug: 'shop', upstream: input });
  await projectWith(hub, history, { slug: 'hosted' });
  const errors: unknown[] = [];
  const receive = upstreamHooks(hub, (error) => errors.push(error));
  const body = Buffer.from('{"ref":"refs/heads/main"}');
  const digest = createHmac('sha256', webhookSecret).update(body).digest('hex');
  const signed = [
    { 'x-hub-signature-256': `sha256=${digest}` },
    { 'x-gitea-signature': digest },
    { 'x-gitlab-token': webhookSecret },
  ];
  for (const headers of signed) {
    const theirs = pushElsewhere(upstream);
    await receive({ slug: 'shop', headers, body });
    await until(() => hub.repositories.use(project, async (open) => (await open.tip()) === theirs));
  }
  const unsigned = [
    {},
    { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
    { 'x-gitlab-token': 'x' },
    { 'x-gitlab-token': '' },
  ];
  for (const headers of unsigned)
    await expect(receive({ slug: 'shop', headers, body })).rejects.toMatchObject({ code: 'not_visible' });
  for (const slug of ['hosted', 'none'])
    await expect(receive({ slug, headers: signed[0] ?? {}, body })).rejects.toMatchObject({
      code: 'not_visible',
    });
  expect(errors).toEqual([]);
});

test('a push of others at the upstream is noticed by the schedule and indexed', async () => {
  await using at = await connected();
  const { hub, root, input, upstream } = at;
  const { project } = await createProject(hub, root, {
    slug: 'shop',
    upstream: { ...input, fetchSeconds: 0 },
  });
  const errors: unknown[] = [];
  const loops = [
    startIndexing(hub, (error) => errors.push(error)),
    startFetching(hub, (error) => errors.push(error)),
  ];
  const theirs = pushElsewhere(upstream);
  await until(async () => (await hub.store.deployments.position(project.id, theirs)) === 3);
  await Promise.all(loops.map((loop) => loop.stop()));
  expect(errors).toEqual([]);
});
