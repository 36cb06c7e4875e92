import { expect, test } from 'vitest';
import { pushFiles } from '../../src/app/git/push-files.ts';
import { executeRequest } from '../../src/app/requests/execute-request.ts';
import { previewRollback } from '../../src/app/requests/preview-request.ts';
import { reviewRequest } from '../../src/app/requests/review-request.ts';
import { submitRelease, submitRollback, submitUndo } from '../../src/app/requests/submit-request.ts';
import { wirePreview } from '../../src/http/handlers/wire-request.ts';
import type { Actor } from '../../src/domain/people/actor.ts';
import { fileOf, firstFiles, generatedHistory, releases, serviceOf } from '../kit/generated-shop.ts';
import { type TestHub, type TestProject, makeHub, person, projectWith } from '../kit/hub.ts';
import { pushFile } from '../kit/push-file.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { setPolicy } from '../kit/shop.ts';

interface Stage extends TestProject {
  readonly hub: TestHub;
  readonly jane: Actor;
  readonly bob: Actor;
}

async function stage(hub: TestHub): Promise<Stage> {
  const found = await projectWith(hub, generatedHistory(releases));
  const jane = await person(hub, 'jane', { role: 'admin' });
  const bob = await person(hub, 'bob', { role: 'admin' });
  return { ...found, hub, jane, bob };
}

const wish = ({ commits }: Stage) => ({
  slug: 'shop',
  mode: 'service' as const,
  tenant: 'acme',
  environment: 'production',
  service: 'api',
  targetSha: commits[1] ?? '',
  justification: 'Release 3 is slow',
});
const author = { name: 'jane', email: 'jane@example.com' };
const api = 'delivery/acme/production/api';

test('a rollback and its undo bring generated files along, in their own commits', async () => {
  await using hub = await makeHub();
  const shop = await stage(hub);
  const { git, jane } = shop;
  expect(await previewRollback(hub, jane, wish(shop))).toMatchObject({
    plan: { hazards: [], generatedOutside: 0 },
    regeneration: { exact: true, differs: [] },
  });
  const request = await submitRollback(hub, jane, wish(shop));
  expect(request.state).toBe('completed');
  expect(git('rev-parse', `main:${api}`)).toBe(git('rev-parse', `${shop.commits[1] ?? ''}:${api}`));
  expect(git('diff', '--name-only', 'main^', 'main').split('\n')).toEqual([
    `${api}/deployment.yaml`,
    fileOf('acme/production', 'api'),
  ]);
  const undo = { slug: 'shop', commit: git('rev-parse', 'main'), justification: 'It was not that' };
  expect((await submitUndo(hub, jane, undo)).state).toBe('completed');
  expect(git('rev-parse', 'main^{tree}')).toBe(git('rev-parse', 'main~2^{tree}'));
  await checkInvariants(shop);
});

test('the digest is that of the sources: a shared variable may change between approval and commit', async () => {
  await using hub = await makeHub();
  const shop = await stage(hub);
  await setPolicy(shop, { approvals: 1, execution: 'manual' });
  const { id, digest } = await submitRollback(hub, shop.jane, wish(shop));
  await reviewRequest(hub, shop.bob, { id, decision: 'approve', digest, comment: undefined });
  pushFile(shop, 'variables.yaml', 'LEVEL: debug\n');
  expect(wirePreview(await previewRollback(hub, shop.jane, wish(shop)))).toMatchObject({
    regeneration: {
      exact: false,
      differs: [{ service: 'api', reasons: ['variables.yaml is not as it was then'] }],
    },
  });
  expect((await executeRequest(hub, shop.bob, { id })).state).toBe('completed');
  expect(shop.git('show', `main:${api}/deployment.yaml`)).toMatch(/api:v2[^]*value: debug/);
});

test('what cannot be generated at execution fails with file and line, keeps the approvals, and can be tried again', async () => {
  await using hub = await makeHub();
  const shop = await stage(hub);
  await setPolicy(shop, { approvals: 1, execution: 'manual' });
  const { id, digest } = await submitRollback(hub, shop.jane, wish(shop));
  await reviewRequest(hub, shop.bob, { id, decision: 'approve', digest, comment: undefined });
  const broken = pushFile(shop, 'variables.yaml', 'OTHER: 1\n');
  const failure = executeRequest(hub, shop.bob, { id });
  await expect(failure).rejects.toThrow(
    /approval saved but rollback execution failed|LEVEL is set in no scope/,
  );
  expect(shop.git('rev-parse', 'main')).toBe(broken);
  pushFile(shop, 'variables.yaml', 'LEVEL: info\n');
  expect((await executeRequest(hub, shop.bob, { id })).state).toBe('completed');
  await checkInvariants(shop);
});

test('files that the hub commits for somebody have their generated files with them', async () => {
  await using hub = await makeHub();
  const shop = await stage(hub);
  const files = { [fileOf('globex/production', 'web')]: serviceOf.web('v9') };
  await pushFiles(hub, shop.jane, { slug: 'shop', files, message: 'Release web', author });
  expect(shop.git('show', 'main:delivery/globex/production/web/kustomization.yaml')).toContain('newTag: v9');
  expect(shop.git('rev-list', '--count', 'main')).toBe('4');
  const before = shop.git('rev-parse', 'main');
  const broken = { 'variables.yaml': 'LEVEL: [1]\n' };
  await expect(
    pushFiles(hub, shop.jane, { slug: 'shop', files: broken, message: 'x', author }),
  ).rejects.toThrow('variables.yaml:1: LEVEL must be a text');
  expect(shop.git('rev-parse', 'main')).toBe(before);
});

test('the first commit of a project has its generated files, too', async () => {
  await using hub = await makeHub();
  const shop = await projectWith(hub, []);
  const jane = await person(hub, 'jane', { role: 'admin' });
  await pushFiles(hub, jane, { slug: 'shop', files: firstFiles, message: 'Begin', author });
  expect(shop.git('show', 'main:delivery/acme/production/api/deployment.yaml')).toContain('api:v1');
});

test('a release and a rollback of it bring generated files along; one that cannot be generated is refused', async () => {
  await using hub = await makeHub();
  const shop = await stage(hub);
  const { git, jane } = shop;
  const place = { slug: 'shop', tenant: 'acme', environment: 'production', justification: 'the fix' };
  const set = (field: string, value: string) =>
    submitRelease(hub, jane, { ...place, fields: [{ service: 'api', field, value }] });
  expect((await set('image.tag', 'v4')).state).toBe('completed');
  expect(git('show', `main:${api}/deployment.yaml`)).toContain('ghcr.io/example/api:v4');
  expect(git('diff', '--name-only', 'main^', 'main').split('\n')).toEqual([
    `${api}/deployment.yaml`,
    fileOf('acme/production', 'api'),
  ]);
  const back = { ...wish(shop), targetSha: shop.commits[2] ?? '' };
  expect((await submitRollback(hub, jane, back)).state).toBe('completed');
  expect(git('rev-parse', 'main^{tree}')).toBe(git('rev-parse', 'main~2^{tree}'));
  const head = git('rev-parse', 'main');
  await expect(set('values.LEVEL', '{{hq.var.NOWHERE}}')).rejects.toMatchObject({ code: 'delivery_invalid' });
  await expect(set('colour', 'red')).rejects.toMatchObject({ code: 'delivery_invalid' });
  expect(git('rev-parse', 'main')).toBe(head);
  await checkInvariants(shop);
});
