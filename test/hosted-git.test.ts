import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { indexHistory } from '../src/app/projects/index-history.ts';
import type { Actor } from '../src/domain/people/actor.ts';
import { someHold } from '../src/domain/hold/hold.test-kit.ts';
import { defaultPolicy } from '../src/domain/policy/policy.ts';
import type { GitError } from '../src/git/git-error.ts';
import { armFailPoints } from '../src/std/fail-point.ts';
import { git } from './kit/git.ts';
import { type TestHub, type TestProject, actorAgain, makeHub, person, projectWith } from './kit/hub.ts';
import { temporaryFolder } from './kit/repository.ts';
import { type ServedHub, client, clientFailure, serveHub } from './kit/serve-hub.ts';

const api = 'tenants/acme/production/api/service.yaml';
const history = [{ files: { [api]: 'tag: 1\n', 'README.md': 'x\n' } }, { files: { [api]: 'tag: 2\n' } }];

/** A served hub with project `shop` of this history, and Jane, a member. */
async function setUp(of: Parameters<typeof projectWith>[1] = history) {
  const hub = await makeHub();
  const served = await serveHub(hub);
  const made = await projectWith(hub, of);
  const jane = await person(hub, 'jane');
  const dispose = async () => {
    await served[Symbol.asyncDispose]();
    await hub.close();
  };
  return { hub, served, made, jane, [Symbol.asyncDispose]: dispose };
}

async function cloneAs(served: ServedHub, who: Actor, ...args: readonly string[]): Promise<string> {
  const dir = temporaryFolder('clone');
  await client(dir, 'clone', '-q', ...args, served.gitUrl('shop', who), '.');
  return dir;
}

function write(dir: string, path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

function commit(dir: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) write(dir, path, text);
  git(dir, 'add', '-A');
  git(dir, 'commit', '-q', '--allow-empty', '-m', 'Change');
  return git(dir, 'rev-parse', 'HEAD');
}

async function protect(hub: TestHub, { project }: TestProject, shared = false): Promise<void> {
  const policy = { ...defaultPolicy, pushProtection: true, sharedPushProtection: shared };
  const version = { environment: 'production', version: 1, policy, changedBy: undefined, changedAt: 0 };
  await hub.store.tx((tx) => tx.policies.add(project.id, version));
}

const audited = async (hub: TestHub) =>
  (await hub.store.audit.after(0, 100)).map(({ entry }) => [entry.action, entry.actor.name]);

/** What a push must leave behind when it was refused. */
function expectUntouched({ git: inProject, commits }: TestProject, hub: TestHub, id: string): void {
  expect(inProject('rev-parse', 'main')).toBe(commits.at(-1));
  const objects = readdirSync(join(hub.repositories.pathOf(id), 'objects'));
  expect(objects.filter((name) => name.includes('incoming'))).toEqual([]);
}

test('an empty project takes a first push of any history, which is indexed and written down', async () => {
  await using at = await setUp([]);
  const { hub, served, made, jane } = at;
  const dir = temporaryFolder('import');
  git(dir, 'init', '-q', '-b', 'main');
  // An imported history may have what a push today may not.
  commit(dir, { [api]: 'tag: 1\n', '-odd\nname': 'x' });
  const head = commit(dir, { [api]: 'tag: 2\n' });
  await client(dir, 'push', '-q', served.gitUrl('shop', jane), 'main');
  expect(made.git('rev-parse', 'main')).toBe(head);
  await indexHistory(hub, made.project.id);
  const { deployments } = await hub.store.deployments.list(made.project.id, {}, { limit: 9 });
  expect(deployments.map(({ revision }) => revision)).toEqual([head, git(dir, 'rev-parse', 'HEAD~1')]);
  expect(await audited(hub)).toEqual([['push.accepted', 'jane']]);
});

test('clones may be shallow, partial, and of the older protocol', async () => {
  await using at = await setUp();
  const shallow = await cloneAs(at.served, at.jane, '--depth=1');
  expect(git(shallow, 'rev-list', '--count', 'HEAD')).toBe('1');
  await client(shallow, 'fetch', '-q', '--unshallow');
  expect(git(shallow, 'rev-list', '--count', 'HEAD')).toBe('2');
  const partial = await cloneAs(at.served, at.jane, '--filter=blob:none', '--no-checkout');
  expect(await client(partial, 'show', 'HEAD:README.md')).toBe('x');
  const old = temporaryFolder('old');
  await client(old, '-c', 'protocol.version=0', 'clone', '-q', at.served.gitUrl('shop', at.jane), '.');
  expect(git(old, 'rev-parse', 'HEAD')).toBe(at.made.commits[1]);
});

test('a large push is streamed, and what is larger than allowed is refused', async () => {
  await using hub = await makeHub({ settings: { limits: { pushBytes: 1_000_000, blobBytes: 800_000 } } });
  await using served = await serveHub(hub);
  const made = await projectWith(hub, history);
  const jane = await person(hub, 'jane');
  const dir = await cloneAs(served, jane);
  // Above this many bytes git sends a push in pieces, after a probe.
  git(dir, 'config', 'http.postBuffer', '65536');
  const noise = () => randomBytes(300_000).toString('base64');
  const head = commit(dir, { a: noise() });
  await client(dir, 'push', '-q');
  expect(made.git('rev-parse', 'main')).toBe(head);
  commit(dir, { b: 'x'.repeat(900_000) });
  expect(await clientFailure(dir, 'push', '-q')).toContain('"b" cannot be accepted: it is larger than');
  git(dir, 'reset', '-q', '--hard', 'HEAD~1');
  commit(dir, { c: noise(), d: noise(), e: noise(), f: noise() });
  expect(await clientFailure(dir, 'push', '-q')).toMatch(
    /exceeds maximum allowed size|unpack-objects|unpacker error/,
  );
  expect(made.git('rev-parse', 'main')).toBe(head);
});

test('who may not is told so at the door: nobody, a viewer, somebody without this project', async () => {
  await using at = await setUp();
  const { hub, served, made } = at;
  const vera = await person(hub, 'vera', { role: 'viewer' });
  const xaver = await person(hub, 'xaver', { role: undefined });
  const dir = await cloneAs(served, vera);
  commit(dir, { a: '1' });
  expect(await clientFailure(dir, 'push', '-q')).toMatch(/403/);
  expect(await clientFailure(dir, 'ls-remote', served.gitUrl('shop', xaver))).toMatch(/not found/i);
  expect(await clientFailure(dir, 'ls-remote', served.gitUrl('other', vera))).toMatch(/not found/i);
  expect(await clientFailure(dir, 'ls-remote', served.gitUrl('shop'))).toMatch(/could not read Username/);
  expectUntouched(made, hub, made.project.id);
});

test('a protected environment takes no push of its own paths; the rest of the repository does', async () => {
  await using at = await setUp();
  const { hub, served, made, jane } = at;
  await protect(hub, made);
  const dir = await cloneAs(served, jane);
  commit(dir, { [api]: 'tag: 3\n' });
  const said = await clientFailure(dir, 'push', '-q');
  expect(said).toContain(`remote: ${api} belongs to acme/production, which is protected from pushes`);
  expectUntouched(made, hub, made.project.id);
  expect(await audited(hub)).toEqual([['push.refused', 'jane']]);
  git(dir, 'reset', '-q', '--hard', 'HEAD~1');
  const head = commit(dir, { 'tenants/acme/dev/api/service.yaml': 'tag: 3\n', 'variables.yaml': 'A: 1\n' });
  await client(dir, 'push', '-q');
  expect(made.git('rev-parse', 'main')).toBe(head);
});

test('what a push brings along does not open the door for it', async () => {
  await using at = await setUp();
  const { hub, served, made } = at;
  await protect(hub, made);
  const root = await person(hub, 'root', { role: 'admin' });
  const dir = await cloneAs(served, root);
  const layout =
    'apiVersion: knowngood.dev/v1\nkind: Project\nlayout:\n  - path: "{tenant}/{environment}/**"\n';
  commit(dir, { [api]: 'tag: 3\n', 'knowngood.yaml': layout });
  expect(await clientFailure(dir, 'push', '-q')).toContain('protected from pushes');
  expectUntouched(made, hub, made.project.id);
});

test('the layout is for admins and has to be readable; generated paths are for the hub', async () => {
  await using at = await setUp();
  const { hub, served, made, jane } = at;
  const root = await person(hub, 'root', { role: 'admin' });
  const layout = 'apiVersion: knowngood.dev/v1\nkind: Project\n';
  const asMember = await cloneAs(served, jane);
  commit(asMember, { 'knowngood.yaml': layout });
  expect(await clientFailure(asMember, 'push', '-q')).toContain(
    'only an admin may push a change of knowngood.yaml',
  );
  const dir = await cloneAs(served, root);
  commit(dir, { 'knowngood.yaml': 'kind: Else\n' });
  expect(await clientFailure(dir, 'push', '-q')).toContain('apiVersion must be knowngood.dev/v1');
  git(dir, 'reset', '-q', '--hard', 'HEAD~1');
  commit(dir, { 'delivery/acme/production/api/all.yaml': 'x' });
  expect(await clientFailure(dir, 'push', '-q')).toContain('is generated; change its sources');
  expectUntouched(made, hub, made.project.id);
  git(dir, 'reset', '-q', '--hard', 'HEAD~1');
  commit(dir, { 'knowngood.yaml': layout });
  await client(dir, 'push', '-q');
});

test('odd names and links that lead out are refused when a push adds them, also on another branch', async () => {
  await using at = await setUp();
  const { hub, served, made, jane } = at;
  const dir = await cloneAs(served, jane);
  commit(dir, { 'a\nb': 'x' });
  expect(await clientFailure(dir, 'push', '-q')).toContain(
    '"a\\nb" cannot be accepted: it has a control character',
  );
  expect(await clientFailure(dir, 'push', '-q', 'origin', 'HEAD:refs/heads/feature')).toContain(
    'cannot be accepted',
  );
  git(dir, 'reset', '-q', '--hard', 'HEAD~1');
  symlinkSync('../../../etc/passwd', join(dir, 'link'));
  commit(dir, {});
  expect(await clientFailure(dir, 'push', '-q')).toContain('the link leads out of the repository');
  rmSync(join(dir, 'link'));
  expectUntouched(made, hub, made.project.id);
});

test('history is never rewritten, and other refs than branches and tags take nothing', async () => {
  await using at = await setUp();
  const { hub, served, made, jane } = at;
  const dir = await cloneAs(served, jane);
  await client(dir, 'push', '-q', 'origin', 'HEAD:refs/tags/v1', 'HEAD:refs/heads/feature');
  git(dir, 'reset', '-q', '--hard', 'HEAD~1');
  commit(dir, { a: '1' });
  const refusals = {
    '+HEAD:main': 'refs/heads/main cannot be deleted or rewritten',
    ':main': 'refs/heads/main cannot be deleted or rewritten',
    ':feature': 'refs/heads/feature cannot be deleted or rewritten',
    '+HEAD:refs/tags/v1': 'refs/tags/v1 cannot be deleted or rewritten',
    'HEAD:refs/notes/x': 'refs/notes/x cannot be pushed to',
    'HEAD:refs/knowngood/pending/x': /hidden ref/,
    'HEAD:refs/heads/-x': /cannot be pushed to|invalid|not a valid/,
  };
  for (const [refspec, reason] of Object.entries(refusals))
    expect(await clientFailure(dir, 'push', 'origin', refspec)).toMatch(reason);
  expectUntouched(made, hub, made.project.id);
  made.git('update-ref', 'refs/knowngood/pending/x', 'main');
  expect(await client(dir, 'ls-remote')).not.toContain('knowngood');
});

test('push options are not offered', async () => {
  await using at = await setUp();
  const dir = await cloneAs(at.served, at.jane);
  commit(dir, { a: '1' });
  expect(await clientFailure(dir, 'push', '-q', '-o', 'a;b=c')).toContain('does not support push options');
});

test('somebody with a grant for one tenant-environment pushes that and nothing else', async () => {
  await using at = await setUp();
  const { hub, served, made } = at;
  const viewer = await person(hub, 'dora', { role: 'viewer' });
  const given = { verb: 'push', projectId: made.project.id, tenant: 'acme', environment: 'dev' } as const;
  await hub.store.tx((tx) =>
    tx.grants.add({ ...given, id: hub.newId('grt_'), to: { accountId: viewer.id }, createdAt: 0 }),
  );
  const dora = await actorAgain(hub, viewer.id);
  const dir = await cloneAs(served, dora);
  commit(dir, { 'README.md': 'other' });
  expect(await clientFailure(dir, 'push', '-q')).toContain('remote: ');
  git(dir, 'reset', '-q', '--hard', 'HEAD~1');
  const head = commit(dir, { 'tenants/acme/dev/api/service.yaml': 'tag: 1\n' });
  await client(dir, 'push', '-q');
  expect(made.git('rev-parse', 'main')).toBe(head);
});

test('of a push and a change by the hub at the same moment one wins, and the other is told', async () => {
  await using at = await setUp([...history, { files: { [api]: 'tag: 1\n' }, branch: 'planned' }]);
  const { hub, served, made, jane } = at;
  const { project, commits } = made;
  const [, second = '', planned = ''] = commits;
  made.git('update-ref', 'refs/heads/main', second);
  const dir = await cloneAs(served, jane);
  const pushed = commit(dir, { 'README.md': 'y\n' });
  const [push, publish] = await Promise.allSettled([
    client(dir, 'push', '-q', 'origin', 'HEAD:main'),
    new Promise((resolve) => setTimeout(resolve, 150)).then(() =>
      hub.repositories.use(project, (at) => at.publish({ from: second, commit: planned })),
    ),
  ]);
  const head = made.git('rev-parse', 'main');
  expect(head).toBe(push.status === 'fulfilled' ? pushed : planned);
  expect([push.status, publish.status].toSorted()).toEqual(['fulfilled', 'rejected']);
  const outcome = publish.status === 'rejected' ? (publish.reason as GitError).code : 'published';
  expect(outcome).toBe(push.status === 'fulfilled' ? 'ref_moved' : 'published');
  expect(made.git('fsck', '--strict', '--connectivity-only')).not.toContain('error');
});

test('a push that brings back what a rollback took away is refused with the name of the rollback', async () => {
  await using at = await setUp();
  const { hub, served, made, jane } = at;
  const times = { setAt: hub.clock(), expiresAt: hub.clock() + 3_600_000 };
  const held = { file: api, address: `${api}#/tag`, field: 'tag', value: 3, projectId: made.project.id };
  await hub.store.holds.add([someHold({ ...held, ...times, requestId: 'rbk-7' })]);
  const dir = await cloneAs(served, jane);
  commit(dir, { [api]: 'tag: 3\n' });
  expect(await clientFailure(dir, 'push', '-q')).toMatch(/tag 3 is held until .* since rbk-7 took it away/s);
  expect(made.git('rev-parse', 'main')).toBe(made.commits.at(-1));
  git(dir, 'reset', '-q', '--hard', 'HEAD~1');
  const head = commit(dir, { [api]: 'tag: 4\n' });
  await client(dir, 'push', '-q');
  expect(made.git('rev-parse', 'main')).toBe(head);
});

test('a push that nobody can check is refused', async () => {
  await using at = await setUp();
  const dir = await cloneAs(at.served, at.jane);
  commit(dir, { a: '1' });
  armFailPoints((point) => {
    if (point === 'store.commit.before') throw new Error('the database is gone');
  });
  commit(dir, { 'a\nb': '1' });
  const said = await clientFailure(dir, 'push', '-q').finally(() => armFailPoints(undefined));
  expect(said).toContain('the push could not be checked and was refused');
  expectUntouched(at.made, at.hub, at.made.project.id);
});
