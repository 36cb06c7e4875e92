import { cpSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { serveRepository } from '../../../test/kit/git-host.ts';
import {
  type TestHub,
  connectedProject,
  localGitHosts,
  makeHub,
  person,
  projectWith,
} from '../../../test/kit/hub.ts';
import { lockingGit } from '../../../test/kit/kill-git.ts';
import type { ProjectVictimOrder } from '../../../test/kit/project-victim.ts';
import { makeRepository } from '../../../test/kit/repository.ts';
import { runProgram } from '../../../test/kit/run-program.ts';
import { armFailPoints } from '../../std/fail-point.ts';
import { recoverRepositories } from './recover-repositories.ts';

afterEach(() => armFailPoints(undefined));

const twoCommits = [{ files: { a: '1' } }, { files: { a: '2' } }];

const repositoriesOf = (hub: TestHub): readonly string[] =>
  readdirSync(join(hub.settings.dataDir, 'repositories')).toSorted();

test('a start after an orderly stop finds nothing to do', async () => {
  await using hub = await makeHub();
  await projectWith(hub, twoCommits);
  expect(await recoverRepositories(hub)).toEqual([]);
});

test('locks of a killed git are removed, and those of one that lives are not', async () => {
  await using hub = await makeHub();
  const { project, commits, git } = await projectWith(hub, twoCommits);
  const path = hub.repositories.pathOf(project.id);
  const living = await lockingGit(path, { ref: 'refs/heads/main', to: commits[0] ?? '' });
  expect(await recoverRepositories(hub, { patience: 0 })).toEqual([
    { projectId: project.id, outcome: 'busy' },
  ]);
  expect(existsSync(join(path, 'refs/heads/main.lock'))).toBe(true);
  await living.kill();
  const [found] = await recoverRepositories(hub);
  expect(found).toMatchObject({ projectId: project.id, outcome: 'swept' });
  expect(found?.removed).toContain('refs/heads/main.lock');
  expect(await recoverRepositories(hub)).toEqual([]);
  expect(git('rev-parse', 'main')).toBe(commits[1]);
});

test.for([
  { point: 'git.repository.drafted', left: ['.git.new'], outcome: [], after: [] },
  { point: 'app.project.repository_made', left: ['.git'], outcome: ['cleared'], after: [] },
  { point: 'store.commit.after', left: ['.git'], outcome: [], after: ['.git'] },
  { point: 'app.project.deleted', left: ['.git'], outcome: ['cleared'], after: ['.git.deleted'] },
])('a creation or deletion that is killed at $point is finished', async ({ point, left, outcome, after }) => {
  const hub = await makeHub();
  // Another one, or this would be the wrong folder.
  const other = await projectWith(hub, twoCommits, { slug: 'other' });
  const { id: accountId } = await person(hub, 'ann', { role: 'owner' });
  const { settings, url } = hub;
  const secretKey = Buffer.from(hub.secretKey).toString('hex');
  await hub.close();
  const order: ProjectVictimOrder = { database: url, settings, secretKey, accountId, slug: 'shop' };
  const ended = await runProgram(
    process.execPath,
    [join(import.meta.dirname, '../../../test/kit/project-victim.ts'), JSON.stringify(order)],
    { env: { KNOWNGOOD_FAIL_AT: `${point}:1:kill` } },
  );
  expect(ended).toMatchObject({ signal: 'SIGKILL' });
  await using next = await makeHub({ like: hub });
  const endings = (): readonly string[] =>
    repositoriesOf(next).flatMap((name) =>
      name.startsWith(other.project.id) ? [] : [name.replace(/^[^.]*/, '')],
    );
  expect(endings()).toEqual(left);
  expect((await recoverRepositories(next)).map((found) => found.outcome)).toEqual(outcome);
  expect(endings()).toEqual(after);
  expect((await next.store.projects.bySlug('shop')) !== undefined).toBe(after.includes('.git'));
  expect(await recoverRepositories(next)).toEqual([]);
});

test('a removal that was cut short is finished, and so is a recovery', async () => {
  await using hub = await makeHub();
  const other = await projectWith(hub, twoCommits, { slug: 'other' });
  const { project } = await projectWith(hub, twoCommits);
  const failAt = (wanted: string): void =>
    armFailPoints((point) => {
      if (point === wanted) throw new Error('died');
    });
  failAt('git.repository.unnamed');
  await expect(hub.repositories.discard(project.id)).rejects.toThrow('died');
  armFailPoints(undefined);
  await hub.store.tx((tx) => tx.projects.remove(project.id, hub.clock()));
  expect(repositoriesOf(hub)).toContain(`${project.id}.git.removed`);
  writeFileSync(join(hub.repositories.pathOf(other.project.id), 'HEAD.lock'), '');
  failAt('app.repository.recovered');
  expect(await recoverRepositories(hub)).toMatchObject([{ projectId: other.project.id, outcome: 'failed' }]);
  armFailPoints(undefined);
  expect(await recoverRepositories(hub)).toEqual([]);
  expect(repositoriesOf(hub)).toEqual([`${other.project.id}.git`]);
  expect(other.git('fsck', '--strict')).toBe('');
});

test('a repository with commits that no project has stays where it is', async () => {
  await using hub = await makeHub();
  const { project } = await projectWith(hub, twoCommits);
  cpSync(hub.repositories.pathOf(project.id), hub.repositories.pathOf('prj_of_another_database'), {
    recursive: true,
  });
  expect(await recoverRepositories(hub)).toEqual([
    { projectId: 'prj_of_another_database', outcome: 'unowned' },
  ]);
  expect(existsSync(hub.repositories.pathOf('prj_of_another_database'))).toBe(true);
});

test('a lost hosted repository is told of, and the others are served', async () => {
  await using hub = await makeHub();
  const lost = await projectWith(hub, twoCommits, { slug: 'lost' });
  const other = await projectWith(hub, twoCommits, { slug: 'other' });
  rmSync(hub.repositories.pathOf(lost.project.id), { recursive: true });
  const [found] = await recoverRepositories(hub);
  expect(found).toMatchObject({ projectId: lost.project.id, outcome: 'lost' });
  await expect(hub.repositories.use(lost.project, (at) => at.tip())).rejects.toThrow(
    'the repository of project lost is not on this server',
  );
  expect(await hub.repositories.use(other.project, (at) => at.tip())).toBe(other.commits[1]);
  expect(existsSync(hub.repositories.pathOf(lost.project.id))).toBe(false);
});

test('a folder with none of the hosted repositories is the wrong one', async () => {
  await using hub = await makeHub();
  await projectWith(hub, twoCommits);
  const folder = join(hub.settings.dataDir, 'repositories');
  renameSync(folder, `${folder}.elsewhere`);
  await expect(recoverRepositories(hub)).rejects.toThrow(
    `none of the 1 hosted repositories is in ${folder}; mount the folder`,
  );
});

test('a lost copy of an upstream is begun anew and filled by its first use', async () => {
  await using host = await serveRepository(makeRepository(twoCommits));
  await using hub = await makeHub({ settings: localGitHosts });
  const project = await connectedProject(hub, host);
  const tip = await hub.repositories.use(project, (at) => at.tip());
  await hub.repositories.discard(project.id);
  expect(await recoverRepositories(hub)).toEqual([{ projectId: project.id, outcome: 'recreated' }]);
  expect(await hub.repositories.use(project, (at) => at.tip())).toBe(tip);
  expect(await recoverRepositories(hub)).toEqual([]);
});
