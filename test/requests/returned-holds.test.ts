import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchUpstream } from '../../src/app/projects/fetch-upstream.ts';
import { type TestDatabase, databases } from '../kit/databases.ts';
import { git } from '../kit/git.ts';
import { serveRepository } from '../kit/git-host.ts';
import { connectedProject, localGitHosts, makeHub, person } from '../kit/hub.ts';
import { type TestRepository, cloneRepository, makeRepository } from '../kit/repository.ts';
import { requestServer } from '../kit/request-server.ts';
import { apiGateway, serviceText, shopHistory } from '../kit/shop.ts';

/** The git commands that were started for a work, by name; readers, which stay and wait, are left out. */
async function commandsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const started: ChildProcess[] = [];
  const listen = (message: unknown) => started.push((message as { readonly process: ChildProcess }).process);
  subscribe('child_process', listen);
  try {
    await work();
  } finally {
    unsubscribe('child_process', listen);
  }
  const names = ['diff-tree', 'fetch', 'log', 'merge-base'];
  return started.flatMap(({ spawnargs }) => names.filter((name) => spawnargs.includes(name))).toSorted();
}

/** The shop as a connected project, and a rollback of api-gateway that jane asks for. */
async function connectedShop(database?: TestDatabase) {
  await using parts = new AsyncDisposableStack();
  const upstream = parts.use(makeRepository(shopHistory));
  const host = parts.use(await serveRepository(upstream));
  const hub = parts.use(await makeHub({ ...(database && { database }), settings: localGitHosts }));
  const project = await connectedProject(hub, host);
  const jane = await person(hub, 'jane', { role: 'admin' });
  const { call } = parts.use(requestServer(hub, { jane }));
  await fetchUpstream(hub, project);
  const place = { tenant: 'acme', environment: 'production', service: 'api-gateway' };
  const wish = { mode: 'service', ...place, targetSha: upstream.commits[1], justification: 'v2.1.0 fails' };
  const all = parts.move();
  return {
    upstream,
    hub,
    project,
    call,
    rollBack: () => call('jane', 'POST', '/projects/shop/rollback-requests', wish),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Somebody pushes a tag of api-gateway straight to the upstream. */
function pushTag(upstream: TestRepository, tag: string, author: string): void {
  using clone = cloneRepository(upstream);
  writeFileSync(join(clone.dir, apiGateway), serviceText(tag));
  git(clone.dir, 'commit', '-qam', `Update to ${tag}`, '--author', author);
  git(clone.dir, 'push', '-q', 'origin', 'main');
}

test.for(databases)(
  'a bot that brings a held value back is named within one fetch, and one call takes it away again ($kind)',
  async (database) => {
    await using shop = await connectedShop(database);
    const { upstream, hub, project, call, rollBack } = shop;
    const done = await rollBack();
    expect(done).toMatchObject({ body: { state: 'completed' } });
    await fetchUpstream(hub, project);
    const holds = async () =>
      (await call('jane', 'GET', '/projects/shop/holds')).body['items'] as readonly { readonly id: string }[];
    const [hold] = await holds();
    expect(hold).toMatchObject({ returned: null });
    const again = `/holds/${hold?.id ?? ''}/reapply`;
    expect(await call('jane', 'POST', again, {})).toMatchObject({ status: 409, code: 'hold_stands' });

    pushTag(upstream, 'v2.1.0', 'renovate[bot] <renovate@example.com>');
    await fetchUpstream(hub, project);
    expect(await holds()).toMatchObject([
      {
        state: 'in_force',
        returned: {
          author: 'renovate[bot]',
          commit: upstream.git('rev-parse', 'main'),
          recipe: { bot: 'renovate', lines: expect.arrayContaining([expect.stringContaining(apiGateway)]) },
        },
      },
    ]);
    const events = (await hub.store.audit.after(0, 100)).map(({ entry }) => entry);
    expect(events.filter(({ action }) => action === 'hold.returned')).toMatchObject([
      { object: { id: hold?.id }, details: { author: 'renovate[bot]', value: 'v2.1.0' } },
    ]);

    const applied = await call('jane', 'POST', again, {});
    expect(applied).toMatchObject({ status: 201, body: { state: 'completed' } });
    expect(upstream.git('show', `main:${apiGateway}`)).toContain('tag: v2.0.9');
    await fetchUpstream(hub, project);
    expect((await holds()).at(-1)).toMatchObject({ id: hold?.id, returned: null });
  },
);

test('another value, and a value that the hub itself brings back, are no return', async () => {
  await using shop = await connectedShop();
  const { upstream, hub, project, rollBack } = shop;
  const done = await rollBack();
  await fetchUpstream(hub, project);
  pushTag(upstream, 'v2.1.1', 'renovate[bot] <renovate@example.com>');
  await fetchUpstream(hub, project);
  const [hold] = await hub.store.holds.inForce(project.id, hub.clock());
  expect(hold).toMatchObject({ requestId: done.body['id'], returned: undefined });
});

test('a bot that pushes before the server looked again after the rollback is named, too', async () => {
  await using shop = await connectedShop();
  const { upstream, hub, project, rollBack } = shop;
  await rollBack();
  pushTag(upstream, 'v2.1.0', 'renovate[bot] <renovate@example.com>');
  await fetchUpstream(hub, project);
  expect(await hub.store.holds.inForce(project.id, hub.clock())).toMatchObject([
    { returned: { author: 'renovate[bot]', commit: upstream.git('rev-parse', 'main') } },
  ]);
});

test('a fetch soon after rollbacks starts no git for each of them', async () => {
  await using shop = await connectedShop();
  const { upstream, hub, project, rollBack } = shop;
  const commandsAfter = async (tag: string): Promise<readonly string[]> => {
    await rollBack();
    pushTag(upstream, tag, 'jane <jane@example.com>');
    return commandsOf(() => fetchUpstream(hub, project));
  };
  const once = await commandsAfter('v2.1.1');
  const twice = await commandsAfter('v2.1.2');
  expect(await hub.store.holds.inForce(project.id, hub.clock())).toHaveLength(2);
  expect(once).toContain('fetch');
  expect(twice).toEqual(once);
});
