import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchStateOf } from '../src/app/projects/fetch-state.ts';
import { fetchUpstream } from '../src/app/projects/fetch-upstream.ts';
import { type TestDatabase, databases } from './kit/databases.ts';
import { fileOf, firstFiles, generatedHistory, serviceOf } from './kit/generated-shop.ts';
import { git } from './kit/git.ts';
import { serveRepository } from './kit/git-host.ts';
import { connectedProject, localGitHosts, makeHub } from './kit/hub.ts';
import { cloneRepository, makeRepository, temporaryFolder } from './kit/repository.ts';

const api = fileOf('acme/production', 'api');
const made = 'delivery/acme/production/api/deployment.yaml';

/** A connected project with generated files, and as many servers as the database allows. */
async function setUp(database: TestDatabase, stalePushes: string) {
  const settings = `${firstFiles['knowngood.yaml'] ?? ''}${stalePushes}`;
  const upstream = makeRepository(
    generatedHistory([{ message: 'Settings', files: { 'knowngood.yaml': settings, 'README.md': 'shop\n' } }]),
  );
  const host = await serveRepository(upstream);
  const one = await makeHub({ database, settings: localGitHosts });
  const elsewhere = { ...localGitHosts, dataDir: temporaryFolder('hub') };
  // SQLite belongs to one server.
  const others = database.kind === 'postgres' ? [await makeHub({ like: one, settings: elsewhere })] : [];
  const project = await connectedProject(one, host);
  const fetch = () => Promise.all([one, ...others].map((hub) => fetchUpstream(hub, project)));
  const push = (text: string): string => {
    using clone = cloneRepository(upstream);
    writeFileSync(join(clone.dir, api), text);
    git(clone.dir, 'commit', '-qam', 'Change api');
    git(clone.dir, 'push', '-q', 'origin', 'main');
    return clone.git('rev-parse', 'HEAD');
  };
  const dispose = async () => {
    for (const hub of [...others, one]) await hub.close();
    await host[Symbol.asyncDispose]();
    upstream[Symbol.dispose]();
  };
  return { upstream, hub: one, project, fetch, push, [Symbol.asyncDispose]: dispose };
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
    expect((await fetchStateOf(hub.store, project.id)).error).toBeUndefined();
  },
);

test('what cannot be generated is told until it is mended, and then all of it is brought along', async () => {
  const [database] = databases;
  if (!database) throw new Error('there is always SQLite');
  await using at = await setUp(database, 'stalePushes: generate\n');
  const { upstream, hub, project } = at;
  await at.fetch();
  const broken = at.push(serviceOf.api('v7').replace('hq.var.LEVEL', 'hq.var.LEVLE'));
  const error = async () => (await fetchStateOf(hub.store, project.id)).error;
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
