import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gitBytes } from '../../test/kit/git.ts';
import { lockingGit, runningGit } from '../../test/kit/kill-git.ts';
import {
  type TestRepository,
  cloneRepository,
  makeRepository,
  temporaryFolder,
} from '../../test/kit/repository.ts';
import { sweepRepository } from './sweep-repository.ts';

const bare = () => makeRepository([{ files: { a: '1' } }, { files: { a: '2' } }]);

/** What must be true after every sweep: nothing is damaged, nothing moved, and stock git can write again. */
function expectUsable(hub: TestRepository): void {
  expect(hub.git('fsck', '--strict', '--no-dangling')).toBe('');
  expect(hub.git('rev-parse', 'main')).toBe(hub.commits[1]);
  hub.git('pack-refs', '--all');
  hub.git('update-ref', 'refs/heads/main', hub.commits[0] ?? '');
  hub.git('repack', '-adq');
  expect(readdirSync(join(hub.gitDir, 'objects/pack')).filter((name) => name.endsWith('.pack'))).toHaveLength(
    1,
  );
}

/** A push that stands still in one of git's hooks. */
async function standingPush(hub: TestRepository, hook: 'pre-receive' | 'update') {
  using clone = cloneRepository(hub);
  writeFileSync(join(clone.dir, 'new'), 'x');
  clone.git('add', 'new');
  clone.git('commit', '-qm', 'New');
  const hooks = temporaryFolder('hooks');
  writeFileSync(join(hooks, hook), `#!/bin/sh\necho standing >&2\nexec sleep 600\n`);
  chmodSync(join(hooks, hook), 0o755);
  const settings = `-c core.hooksPath=${hooks} -c receive.unpackLimit=1`;
  const push = ['push', `--receive-pack=git ${settings} receive-pack`, hub.gitDir, 'HEAD:main'];
  return await runningGit(clone.dir, push, { reached: (said) => said.includes('standing') });
}

test('a repository in which nobody died has nothing to sweep', async () => {
  using hub = bare();
  expect(await sweepRepository(hub.gitDir, { olderThan: 0 })).toEqual([]);
  expectUsable(hub);
});

test('the locks of a killed move are removed, and the branch is where it was', async () => {
  using hub = bare();
  const git = await lockingGit(hub.gitDir, { ref: 'refs/heads/main', to: hub.commits[0] ?? '' });
  await git.kill();
  expect(() => hub.git('update-ref', 'refs/heads/main', hub.commits[0] ?? '')).toThrow('File exists');
  const removed = await sweepRepository(hub.gitDir, { olderThan: 0 });
  expect(removed).toContain('refs/heads/main.lock');
  expectUsable(hub);
});

test('a killed deletion leaves packed refs that can be written again', async () => {
  using hub = bare();
  hub.git('branch', 'old');
  hub.git('pack-refs', '--all');
  const git = await runningGit(hub.gitDir, ['update-ref', '--stdin'], {
    input: 'start\ndelete refs/heads/old\nprepare\n',
    reached: (said) => said.includes('prepare: ok'),
  });
  await git.kill();
  const removed = await sweepRepository(hub.gitDir, { olderThan: 0 });
  expect(removed).toEqual(expect.arrayContaining(['packed-refs.lock', 'packed-refs.new']));
  hub.git('branch', '-D', 'old');
  expectUsable(hub);
});

test('the quarantine of a killed push is removed with all that it brought', async () => {
  using hub = bare();
  await (await standingPush(hub, 'pre-receive')).kill();
  const removed = await sweepRepository(hub.gitDir, { olderThan: 0 });
  expect(removed).toEqual([expect.stringMatching(/^objects\/(tmp_objdir-)?incoming-\w+$/)]);
  expectUsable(hub);
});

test('a pack that a killed push had marked as its own can be repacked again', async () => {
  using hub = bare();
  await (await standingPush(hub, 'update')).kill();
  const kept = readdirSync(join(hub.gitDir, 'objects/pack')).filter((name) => name.endsWith('.keep'));
  expect(kept).toHaveLength(1);
  const removed = await sweepRepository(hub.gitDir, { olderThan: 0 });
  expect(removed).toEqual(kept.map((name) => `objects/pack/${name}`));
  expectUsable(hub);
});

test('half a pack of a killed fetch is removed; a mark of the operator’s is not', async () => {
  using hub = bare();
  const pack = gitBytes(hub.gitDir, ['pack-objects', '--all', '--stdout', '--revs'], '');
  const git = await runningGit(hub.gitDir, ['index-pack', '--stdin', '--fix-thin'], {
    input: pack.subarray(0, pack.length - 30),
    reached: () => readdirSync(join(hub.gitDir, 'objects/pack')).some((name) => name.startsWith('tmp_pack')),
  });
  await git.kill();
  writeFileSync(join(hub.gitDir, 'objects/pack/pack-mine.keep'), 'for the auditors');
  mkdirSync(join(hub.gitDir, 'objects/ab'), { recursive: true });
  writeFileSync(join(hub.gitDir, 'objects/ab/tmp_obj_x'), 'half an object');
  const removed = await sweepRepository(hub.gitDir, { olderThan: 0 });
  expect(removed).toEqual(['objects/ab/tmp_obj_x', expect.stringMatching(/^objects\/pack\/tmp_pack_/)]);
  expect(existsSync(join(hub.gitDir, 'objects/pack/pack-mine.keep'))).toBe(true);
});

test('what may still be somebody’s work stays', async () => {
  using hub = bare();
  writeFileSync(join(hub.gitDir, 'HEAD.lock'), '');
  expect(await sweepRepository(hub.gitDir, { olderThan: 3_600_000 })).toEqual([]);
  expect(existsSync(join(hub.gitDir, 'HEAD.lock'))).toBe(true);
});
