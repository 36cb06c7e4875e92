import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeHub, person, projectWith } from '../../../test/kit/hub.ts';
import { databases } from '../../../test/kit/databases.ts';
import { decide } from '../../domain/people/rights.ts';

const twoCommits = [{ files: { a: '1' } }, { files: { a: '2' } }];

test('a project opens with its head, and publishing moves the branch only from where it was', async () => {
  await using hub = await makeHub();
  const { project, commits, git } = await projectWith(hub, [
    ...twoCommits,
    { files: { a: '3' }, branch: 'next' },
  ]);
  const [first = '', second = '', third = ''] = commits;
  await hub.repositories.use(project, async (at) => {
    expect(await at.head()).toEqual({ revision: second, tree: git('rev-parse', `${second}^{tree}`) });
    expect(await at.contains(first)).toBe(true);
    expect(await at.contains(third)).toBe(false);
    await at.publish({ from: second, commit: third });
    expect(await at.contains(third)).toBe(true);
    await expect(at.publish({ from: second, commit: third })).rejects.toMatchObject({
      code: 'ref_moved',
      facts: { actual: third },
    });
  });
  expect(git('rev-parse', 'main')).toBe(third);
});

test('a project without a commit has no head', async () => {
  await using hub = await makeHub();
  const { project } = await projectWith(hub, []);
  await hub.repositories.use(project, async (at) => {
    expect(await at.tip()).toBeUndefined();
    await expect(at.head()).rejects.toMatchObject({ code: 'branch_unborn' });
  });
});

test('a moment’s lock of somebody else is waited for', async () => {
  await using hub = await makeHub();
  const { project, commits, git } = await projectWith(hub, twoCommits);
  const [first = '', second = ''] = commits;
  git('update-ref', 'refs/heads/main', first);
  const lock = join(hub.repositories.pathOf(project.id), 'refs/heads/main.lock');
  writeFileSync(lock, '');
  setTimeout(() => rmSync(lock), 100);
  await hub.repositories.use(project, (at) => at.publish({ from: first, commit: second }));
  expect(git('rev-parse', 'main')).toBe(second);
});

test('writers of one repository take turns in the order of asking', async () => {
  await using hub = await makeHub();
  const { project } = await projectWith(hub, twoCommits);
  const said: string[] = [];
  const write = (name: string) =>
    hub.repositories.use(project, (at) =>
      at.exclusive(async () => {
        said.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        said.push(`${name} ends`);
      }),
    );
  await Promise.all([write('one'), write('two'), write('three')]);
  expect(said).toEqual(['one', 'two', 'three'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test('more repositories than stay open can be used one after the other', async () => {
  await using hub = await makeHub();
  const made = await Promise.all(
    Array.from({ length: 34 }, (_, at) => projectWith(hub, { a: `${at}` }, { slug: `p${at}` })),
  );
  for (const { project, commits } of [...made, ...made.slice(0, 1)]) {
    const head = await hub.repositories.use(project, (at) => at.head());
    expect(head.revision).toBe(commits[0]);
  }
});

test('a repository with a configuration or hooks of somebody else is not opened', async () => {
  await using hub = await makeHub();
  const { project, git } = await projectWith(hub, { a: '1' });
  git('config', 'core.fsmonitor', 'touch /tmp/x');
  const use = hub.repositories.use(project, (at) => at.head());
  await expect(use).rejects.toMatchObject({ code: 'repository_unreadable' });
});

test.for(databases)('people of the kit are in the store with their rights ($kind)', async (database) => {
  await using hub = await makeHub({ database });
  const jane = await person(hub, 'jane');
  const root = await person(hub, 'root', { role: 'admin', groups: ['sre'] });
  expect(root).toMatchObject({ email: 'root@example.com', groups: ['sre'] });
  expect(decide(jane, 'request').allowed).toBe(true);
  expect(decide(jane, 'approve').allowed).toBe(false);
  expect(decide(root, 'approve').allowed).toBe(true);
});
