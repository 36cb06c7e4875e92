import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { changeProject } from '../src/app/projects/change-project.ts';
import { fetchStateOf } from '../src/app/projects/fetch-state.ts';
import { requireProject } from '../src/app/projects/find-project.ts';
import { fetchUpstream } from '../src/app/projects/fetch-upstream.ts';
import { sealSecrets } from '../src/app/projects/upstream-secrets.ts';
import { systemActor } from '../src/app/system-actor.ts';
import { viewProject } from '../src/app/projects/view-project.ts';
import { wireProject } from '../src/http/handlers/wire-project.ts';
import { armFailPoints } from '../src/std/fail-point.ts';
import { type TestDatabase, databases } from './kit/databases.ts';
import { fileOf, firstFiles, generatedHistory, serviceOf } from './kit/generated-shop.ts';
import { git } from './kit/git.ts';
import { serveRepository } from './kit/git-host.ts';
import { connectedProject, localGitHosts, makeHub, person } from './kit/hub.ts';
import { type TestRepository, cloneRepository, makeRepository, temporaryFolder } from './kit/repository.ts';

afterEach(() => armFailPoints(undefined));

const api = fileOf('acme/production', 'api');
const made = 'delivery/acme/production/api/deployment.yaml';

/** Somebody pushes a text of api, without what is made from it. */
function pushTo(upstream: TestRepository, text: string): string {
  using clone = cloneRepository(upstream);
  writeFileSync(join(clone.dir, api), text);
  git(clone.dir, 'commit', '-qam', 'Change api');
  git(clone.dir, 'push', '-q', 'origin', 'main');
  return clone.git('rev-parse', 'HEAD');
}

/** A connected project with generated files, and as many servers as the database allows. */
async function setUp(
  database: TestDatabase,
  stalePushes: string,
  of: Parameters<typeof connectedProject>[2] = {},
) {
  const settings = `${firstFiles['knowngood.yaml'] ?? ''}${stalePushes}`;
  const upstream = makeRepository(
    generatedHistory([{ message: 'Settings', files: { 'knowngood.yaml': settings, 'README.md': 'shop\n' } }]),
  );
  const host = await serveRepository(upstream);
  const one = await makeHub({ database, settings: localGitHosts });
  const elsewhere = { ...localGitHosts, dataDir: temporaryFolder('hub') };
  // SQLite belongs to one server.
  const others = database.kind === 'postgres' ? [await makeHub({ like: one, settings: elsewhere })] : [];
  const project = await connectedProject(one, host, of);
  const fetch = () => Promise.all([one, ...others].map((hub) => fetchUpstream(hub, project)));
  const push = (text: string) => pushTo(upstream, text);
  const dispose = async () => {
    for (const hub of [...others, one]) await hub.close();
    await host[Symbol.asyncDispose]();
    upstream[Symbol.dispose]();
  };
  const [second = one] = others;
  return { upstream, host, hub: one, second, project, fetch, push, [Symbol.asyncDispose]: dispose };
}

test.for(databases)(
  'a push to the upstream is followed by one commit with the generated files, whichever server sees it ($kind)',
  async (database) => {
    await using at = await setUp(database, 'stalePushes: generate\n');
    const { upstream, hub, project } = at;
    const first = upstream.git('rev-parse', 'main');
    await at.fetch();
    expect(upstream.git('rev-parse', 'main')).toBe(first);
    const pushed = at.push(serviceOf.api('v7'));
    await at.fetch();
    expect(upstream.git('rev-parse', 'main^')).toBe(pushed);
    expect(upstream.git('diff', '--name-only', 'main^', 'main')).toBe(made);
    expect(upstream.git('show', `main:${made}`)).toContain('api:v7');
    await at.fetch();
    expect(upstream.git('rev-parse', 'main^')).toBe(pushed);
    const entries = await hub.store.audit.after(0, 100);
    const generated = entries.filter(({ entry }) => entry.action === 'push.generated');
    expect(generated.map(({ entry }) => entry.details)).toEqual([
      { commit: upstream.git('rev-parse', 'main'), of: pushed },
    ]);
    expect(await fetchStateOf(hub.store, project.id)).toMatchObject({
      error: undefined,
      unfollowedWhy: undefined,
    });
  },
);

test('what cannot be generated is told until it is mended, and then all of it is brought along', async () => {
  const [database] = databases;
  if (!database) throw new Error('there is always SQLite');
  await using at = await setUp(database, 'stalePushes: generate\n');
  const { upstream, hub, project } = at;
  await at.fetch();
  const broken = at.push(serviceOf.api('v7').replace('hq.var.LEVEL', 'hq.var.LEVLE'));
  const error = async () => (await fetchStateOf(hub.store, project.id)).unfollowedWhy;
  for (const _ of ['seen', 'seen again']) {
    await at.fetch();
    expect(await error()).toContain(`were not brought along: ${api}:9: {{hq.var.LEVLE}}`);
  }
  expect(upstream.git('rev-parse', 'main')).toBe(broken);
  const mended = at.push(serviceOf.api('v8'));
  await at.fetch();
  expect(upstream.git('rev-parse', 'main^')).toBe(mended);
  expect(upstream.git('show', `main:${made}`)).toContain('api:v8');
  expect(await error()).toBeUndefined();
});

test('nothing is pushed to an upstream whose project does not ask for it', async () => {
  const [database] = databases;
  if (!database) throw new Error('there is always SQLite');
  await using at = await setUp(database, '');
  await at.fetch();
  const pushed = at.push(serviceOf.api('v7'));
  await at.fetch();
  expect(at.upstream.git('rev-parse', 'main')).toBe(pushed);
});

test('why generated files are missing is read again after an outage of the upstream', async () => {
  const [database] = databases;
  if (!database) throw new Error('there is always SQLite');
  await using at = await setUp(database, 'stalePushes: generate\n');
  const { hub, project } = at;
  const shown = async () => wireProject(hub, await viewProject(hub, systemActor, project)).upstream?.error;
  await at.fetch();
  at.push(serviceOf.api('v7').replace('hq.var.LEVEL', 'hq.var.LEVLE'));
  await at.fetch();
  const outage = { ...project, sealedCredentials: sealSecrets(hub.seal, project.id, { password: 'x' }) };
  await expect(fetchUpstream(hub, outage)).rejects.toMatchObject({ code: 'upstream_unreachable' });
  expect(await shown()).toContain('could not fetch');
  await at.fetch();
  expect(await shown()).toContain(`were not brought along: ${api}:9: {{hq.var.LEVLE}}`);
});

test('what another upstream has when a project is pointed at it is nobody’s push', async () => {
  const [database] = databases;
  if (!database) throw new Error('there is always SQLite');
  await using at = await setUp(database, 'stalePushes: generate\n');
  const { hub, project } = at;
  await at.fetch();
  const settings = `${firstFiles['knowngood.yaml'] ?? ''}stalePushes: generate\n`;
  using other = makeRepository(
    generatedHistory([{ message: 'Settings', files: { 'knowngood.yaml': settings } }]),
  );
  const before = pushTo(other, serviceOf.api('v9'));
  await using host = await serveRepository(other);
  const admin = await person(hub, 'admin', { role: 'admin' });
  await changeProject(hub, admin, { slug: project.slug, upstream: { url: host.url } });
  expect(other.git('rev-parse', 'main')).toBe(before);
  expect(await fetchStateOf(hub.store, project.id)).toMatchObject({ followed: before });
});

test('what was done at an upstream while the project was pointed at another is no mark there', async () => {
  const database = databases.find(({ kind }) => kind === 'postgres');
  if (!database) throw new Error('there is always PostgreSQL');
  await using at = await setUp(database, 'stalePushes: generate\n');
  const { hub, project, upstream } = at;
  await at.fetch();
  const settings = `${firstFiles['knowngood.yaml'] ?? ''}stalePushes: generate\n`;
  using other = makeRepository(
    generatedHistory([{ message: 'Settings', files: { 'knowngood.yaml': settings } }]),
  );
  const before = pushTo(other, serviceOf.api('v9'));
  await using host = await serveRepository(other);
  const admin = await person(hub, 'admin', { role: 'admin' });
  const pushed = at.push(serviceOf.api('v7'));
  const points: string[] = [];
  armFailPoints(async (point) => {
    points.push(point);
    if (point !== 'app.upstream.pushed' || points.filter((one) => one === point).length > 1) return;
    // Another server, for this one is at work in the repository.
    await changeProject(at.second, admin, { slug: project.slug, upstream: { url: host.url } });
  });
  await fetchUpstream(hub, project);
  armFailPoints(undefined);
  expect(points).toContain('app.upstream.pushed');
  expect(upstream.git('rev-parse', 'main^')).toBe(pushed);
  expect(await fetchStateOf(hub.store, project.id)).toMatchObject({ followed: undefined });
  await fetchUpstream(hub, await requireProject(hub.store, project.id));
  expect(await fetchStateOf(hub.store, project.id)).toMatchObject({ followed: before });
  expect(other.git('rev-parse', 'main')).toBe(before);
});

test('another way to sign in at the same upstream forgets no push', async () => {
  const [database] = databases;
  if (!database) throw new Error('there is always SQLite');
  await using at = await setUp(database, 'stalePushes: generate\n');
  const { upstream, hub, project, host } = at;
  await at.fetch();
  const pushed = at.push(serviceOf.api('v7'));
  const admin = await person(hub, 'admin', { role: 'admin' });
  const { username, password } = host;
  const credential = { kind: 'password', username, password } as const;
  await changeProject(hub, admin, { slug: project.slug, upstream: { credential } });
  expect(upstream.git('rev-parse', 'main^')).toBe(pushed);
});

test('a protected branch is told of, and gathers no branches of generated files', async () => {
  const [database] = databases;
  if (!database) throw new Error('there is always SQLite');
  await using at = await setUp(database, 'stalePushes: generate\n', { onRefusedPush: 'branch' });
  const { upstream, host, hub, project } = at;
  await at.fetch();
  for (const tag of ['v7', 'v8']) {
    const pushed = at.push(serviceOf.api(tag));
    const open = host.protect('refs/heads/main', 'main is protected');
    await at.fetch();
    open();
    expect((await fetchStateOf(hub.store, project.id)).unfollowedWhy).toContain('main is protected');
    expect(upstream.git('rev-parse', 'main')).toBe(pushed);
  }
  expect(upstream.git('for-each-ref', 'refs/heads/knowngood')).toBe('');
});
