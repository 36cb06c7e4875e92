import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cancelRequest } from '../../src/app/requests/cancel-request.ts';
import { previewRollback, previewUndo } from '../../src/app/requests/preview-request.ts';
import { getRequestPlan, getRequestText } from '../../src/app/requests/get-request.ts';
import { resubmitRequest } from '../../src/app/requests/resubmit-request.ts';
import { reviewRequest } from '../../src/app/requests/review-request.ts';
import { submitRelease, submitRollback, submitUndo } from '../../src/app/requests/submit-request.ts';
import type { Actor } from '../../src/domain/people/actor.ts';
import { makeHub, person } from '../kit/hub.ts';
import { pushFile } from '../kit/push-file.ts';
import { temporaryFolder } from '../kit/repository.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import {
  apiGateway,
  checkout,
  globexApi,
  makeShop,
  serviceText,
  serviceWish,
  setPolicy,
} from '../kit/shop.ts';

const changed = (git: (...args: string[]) => string): string[] =>
  git('diff', '--name-only', 'main^', 'main').split('\n');

test('full mode restores the whole tenant-environment and nothing else', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const wish = serviceWish(shop, { mode: 'full', service: undefined });
  const { affectedServices } = await submitRollback(hub, shop.jane, wish);
  expect(changed(shop.git)).toEqual([apiGateway, checkout]);
  expect(affectedServices).toEqual(['api-gateway', 'checkout']);
  expect(shop.git('log', '-1', '--format=%b')).not.toMatch(/^Service:/m);
  await checkInvariants(shop);
});

test('field mode changes the chosen fields and keeps every other byte', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const wish = serviceWish(shop, { mode: 'field', selectedFields: ['image.tag'] });
  await submitRollback(hub, shop.jane, wish);
  expect(shop.git('show', `main:${apiGateway}`)).toBe(serviceText('v2.0.9', 5).trimEnd());
  expect(shop.git('log', '-1', '--format=%b')).toMatch(/^Fields: image\.tag$/m);
  await checkInvariants(shop);
});

test('one refused field refuses them all, with the reason of each', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  pushFile(shop, apiGateway, 'image: &i\n  tag: v3\nother: *i\n');
  const wish = serviceWish(shop, { mode: 'field', selectedFields: ['image.tag'] });
  await expect(submitRollback(hub, shop.jane, wish)).rejects.toMatchObject({ kind: 'invalid' });
  expect(shop.git('log', '-1', '--format=%s', 'main')).toBe('A push');
});

test('shared files join the scope, with everybody who reads them and the strictest policy', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  await setPolicy(shop, { approvals: 2 }, 'dev');
  const wish = serviceWish(shop, { mode: 'full', service: undefined, includeShared: true });
  const preview = await previewRollback(hub, shop.jane, wish);
  expect(preview).toMatchObject({ outcome: 'awaits_approval', approvalsNeeded: 2 });
  const request = await submitRollback(hub, shop.jane, wish);
  expect(request.state).toBe('pending');
  expect(request.scope.where.map(({ tenant, environment }) => `${tenant}/${environment}`)).toEqual([
    'acme/production',
    'acme/dev',
    'globex/dev',
    'globex/production',
  ]);
  expect(request.policy.approvals).toBe(2);
  const production: Actor = {
    ...(await person(hub, 'pat', { role: undefined })),
    grants: (['read', 'preview', 'request'] as const).map((verb) => ({
      verb,
      projectId: shop.project.id,
      tenant: 'acme',
      environment: 'production',
    })),
  };
  await expect(submitRollback(hub, production, wish)).rejects.toMatchObject({ kind: 'forbidden' });
});

test('an undo takes back exactly what the commit changed, and asks for everybody it concerns', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const again = pushFile(shop, checkout, serviceText('v2.1.1'));
  const preview = await previewUndo(hub, shop.jane, { slug: 'shop', commit: shop.bad });
  expect(preview).toMatchObject({ outcome: 'runs_now', plan: { conflicts: [{}] } });
  const request = await submitUndo(hub, shop.jane, {
    slug: 'shop',
    commit: shop.bad,
    justification: 'A bad release',
    digest: preview.digest,
  });
  expect(request).toMatchObject({ state: 'completed', scope: { mode: 'undo' }, targetSha: shop.bad });
  expect(changed(shop.git).toSorted()).toEqual([apiGateway, 'variables.yaml'].toSorted());
  expect(shop.git('log', '-1', '--format=%s')).toBe(`Undo: commit ${shop.bad.slice(0, 8)} "Release 2.1.0"`);
  expect(shop.git('rev-parse', 'main^')).toBe(again);
  await checkInvariants(shop);
});

test('an undo of what belongs to nobody takes the right to push, of knowngood.yaml that to the project', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const mia = await person(hub, 'mia', { role: 'member' });
  const file = 'apiVersion: knowngood.dev/v1\nkind: Project\n';
  pushFile(shop, 'knowngood.yaml', file);
  const commit = pushFile(shop, 'knowngood.yaml', `${file}# more\n`);
  const wish = { slug: 'shop', commit, justification: 'x' };
  await expect(submitUndo(hub, mia, wish)).rejects.toMatchObject({ code: 'role_missing' });
});

test('a service that the target lacks is deleted only when that is said by name', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  pushFile(shop, 'tenants/acme/production/new/service.yaml', serviceText('v1'));
  const wish = serviceWish(shop, { service: 'new' });
  await expect(submitRollback(hub, shop.jane, wish)).rejects.toMatchObject({ code: 'deletes_service' });
  const allowed = await submitRollback(hub, shop.jane, { ...wish, allowDelete: true });
  expect(allowed).toMatchObject({ state: 'completed', scope: { allowDelete: true } });
  expect(shop.git('ls-tree', '-r', '--name-only', 'main', 'tenants/acme/production/new')).toBe('');
});

test('whoever allowed a deletion by name has allowed it when the request is submitted again', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 1 });
  pushFile(shop, 'tenants/acme/production/new/service.yaml', serviceText('v1'));
  const wish = serviceWish(shop, { service: 'new', allowDelete: true });
  const { id } = await submitRollback(hub, shop.jane, wish);
  await cancelRequest(hub, shop.jane, { id, reason: undefined });
  const again = await resubmitRequest(hub, shop.jane, { id, reason: undefined });
  expect(again).toMatchObject({ state: 'pending', scope: { allowDelete: true } });
});

test('a preview tells what would be refused, what is frozen, and who else is at the same files', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 1 });
  const vera = await person(hub, 'vera', { role: 'viewer' });
  const seen = await previewRollback(hub, vera, serviceWish(shop));
  expect(seen.outcome).toBe('refused');
  expect(seen.reason?.message).toMatch(/^you may not submit a request/);
  const { id } = await submitRollback(hub, shop.jane, serviceWish(shop));
  const at = hub.clock();
  const [from = '', to = ''] = [at - 60_000, at + 60_000].map((time) => new Date(time).toISOString());
  await setPolicy(shop, { freezeWindows: [{ kind: 'single', name: 'xmas', from, to }] });
  const preview = await previewRollback(hub, shop.jane, serviceWish(shop, { justification: undefined }));
  expect(preview).toMatchObject({
    outcome: 'runs_now',
    freeze: { window: { name: 'xmas' }, exempt: true },
    openRequests: [{ id, state: 'pending', paths: [apiGateway] }],
  });
  const nothing = await previewRollback(hub, shop.jane, serviceWish(shop, { targetSha: shop.bad }));
  expect(nothing).toMatchObject({ outcome: 'refused' });
  expect(nothing.reason?.message).toMatch(
    /^there is nothing to change: acme\/production api-gateway is as it was at/,
  );
});

test('a target is a full id, a short one, a tag or a time, and is written down in full', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 1 });
  shop.git('tag', 'good', shop.good);
  const time = shop.git('log', '-1', '--format=%cI', shop.good);
  for (const targetSha of [shop.good, shop.good.slice(0, 8), 'good', time])
    expect(await submitRollback(hub, shop.jane, serviceWish(shop, { targetSha }))).toMatchObject({
      targetSha: shop.good,
    });
});

test('a commit that was merged but never was the state of the branch is no target', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const tree = shop.git('rev-parse', `${shop.good}^{tree}`);
  const side = shop.git('commit-tree', '-p', shop.good, '-m', 'aside', tree);
  const merge = shop.git('commit-tree', '-p', shop.bad, '-p', side, '-m', 'merge', `${shop.bad}^{tree}`);
  shop.git('update-ref', 'refs/heads/main', merge);
  const wish = serviceWish(shop, { targetSha: side });
  await expect(submitRollback(hub, shop.jane, wish)).rejects.toMatchObject({ code: 'revision_elsewhere' });
});

test('the plan of a request can be read again after it was carried out', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const { id, digest } = await submitRollback(hub, shop.jane, serviceWish(shop));
  pushFile(shop, globexApi, serviceText('v9'));
  const read = await getRequestPlan(hub, shop.bob, { id });
  expect(read.digest).toBe(digest);
  expect(read.plan.services[0]?.fields.map(({ field }) => field)).toEqual(['image.tag', 'replicas']);
});

test('the texts of a plan are the same before and after its commit, over several places too', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 1 });
  const wish = serviceWish(shop, { mode: 'full', service: undefined, includeShared: true });
  const { id, digest } = await submitRollback(hub, shop.jane, wish);
  const read = (path: string) => getRequestText(hub, shop.bob, { id, path });
  const own = { before: serviceText('v2.1.0', 5), after: serviceText('v2.0.9'), opaque: undefined };
  const shared = { before: 'LOG_LEVEL: debug\n', after: 'LOG_LEVEL: info\n', opaque: undefined };
  const expectBoth = async (): Promise<void> => {
    expect(await read(apiGateway)).toEqual({ path: apiGateway, ...own });
    expect(await read('variables.yaml')).toEqual({ path: 'variables.yaml', ...shared });
  };
  await expectBoth();
  await reviewRequest(hub, shop.bob, { id, decision: 'approve', digest, comment: undefined });
  pushFile(shop, apiGateway, serviceText('v9'));
  await expectBoth();
  expect(await read(globexApi)).toMatchObject({
    before: undefined,
    opaque: 'the plan does not change this file',
  });
});

test('a release shows what it would write before anything is written', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 1 });
  const fields = [{ service: 'api-gateway', field: 'image.tag', text: 'v2.1.1' }];
  const { id } = await submitRelease(hub, shop.jane, {
    slug: 'shop',
    tenant: 'acme',
    environment: 'production',
    fields,
    justification: 'v2.1.1 answers again',
  });
  expect(await getRequestText(hub, shop.bob, { id, path: apiGateway })).toMatchObject({
    before: serviceText('v2.1.0', 5),
    after: serviceText('v2.1.1', 5),
  });
});

test('commits are signed with the hub’s key, which stock git can check', async () => {
  const folder = temporaryFolder('key');
  const signingKey = join(folder, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'hub', '-f', signingKey]);
  await using hub = await makeHub({ settings: { signingKey } });
  const shop = await makeShop(hub);
  const { commit = '' } = await submitRollback(hub, shop.jane, serviceWish(shop));
  const allowed = join(folder, 'allowed');
  const key = execFileSync('ssh-keygen', ['-y', '-f', signingKey]).toString();
  writeFileSync(allowed, `knowngood@localhost ${key}`);
  const shown = shop.git('-c', `gpg.ssh.allowedSignersFile=${allowed}`, 'log', '-1', '--format=%G?', commit);
  expect(shown).toBe('G');
});
