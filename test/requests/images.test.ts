import { expect, test } from 'vitest';
import { getRequest } from '../../src/app/requests/get-request.ts';
import { previewRollback } from '../../src/app/requests/preview-request.ts';
import { reviewRequest } from '../../src/app/requests/review-request.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';
import { makeHub, person, projectWith } from '../kit/hub.ts';
import { imageRegistry } from '../kit/image-registry.ts';
import { receiver } from '../kit/receiver.ts';
import { filesBelow, secretLedger } from '../kit/secret-ledger.ts';
import { setPolicy } from '../kit/shop.ts';

test('a preview names the images that a rollback brings and that their registry has no more; submitting asks nobody', async () => {
  await using registry = await imageRegistry(['shop/web:v1']);
  await using hub = await makeHub({ settings: { registries: [{ host: registry.host, plainHttp: true }] } });
  const file = 'tenants/acme/production/api/values.yaml';
  const values = (tag: string): string =>
    ['api', 'web']
      .map((name) => `${name}:\n  image: { repository: "${registry.host}/shop/${name}", tag: ${tag} }\n`)
      .join('') + `side: { image: "quay.example.com/shop/side:${tag}" }\n`;
  const { commits } = await projectWith(hub, [
    { message: 'Good', files: { [file]: values('v1') } },
    { message: 'Bad', files: { [file]: values('v2') } },
  ]);
  const jane = await person(hub, 'jane', { role: 'admin' });
  const place = { slug: 'shop', mode: 'full', tenant: 'acme', environment: 'production' } as const;
  const wish = { ...place, targetSha: commits[0] ?? '', justification: 'v2 is slow' };
  const { plan } = await previewRollback(hub, jane, wish);
  expect(plan.hazards.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    `image_missing: ${registry.host}/shop/api:v1 is missing: ${registry.host} shows no such image, so that no new pod could start with it`,
    'image_unknown: unknown whether these images are still there: quay.example.com/shop/side:v1 (quay.example.com is not among the registries that this server asks)',
  ]);
  const asked = registry.asked.length;
  const saved = await submitRollback(hub, jane, wish);
  expect(saved.state).toBe('completed');
  expect(registry.asked.length).toBe(asked);
  // What was seen a moment ago is kept with it.
  expect(saved.plan.hazards.map(({ code }) => code)).toContain('image_missing');
});

test('reviewers see what registries said when a request was submitted, and a later answer changes no digest', async () => {
  const images = ['shop/web:v1'];
  await using registry = await imageRegistry(images);
  await using hub = await makeHub({ settings: { registries: [{ host: registry.host, plainHttp: true }] } });
  const file = 'tenants/acme/production/api/pod.yaml';
  const pod = (tag: string): string =>
    `spec: { containers: [{ image: "${registry.host}/shop/api:${tag}" }] }\n`;
  const { commits, project } = await projectWith(hub, [
    { message: 'Good', files: { [file]: pod('v1') } },
    { message: 'Bad', files: { [file]: pod('v2') } },
  ]);
  await setPolicy({ hub, project }, { approvals: 1 });
  const jane = await person(hub, 'jane', { role: 'admin' });
  const bob = await person(hub, 'bob', { role: 'admin' });
  const place = { slug: 'shop', mode: 'full', tenant: 'acme', environment: 'production' } as const;
  const wish = { ...place, targetSha: commits[0] ?? '', justification: 'v2 is slow' };
  const { id, digest } = await submitRollback(hub, jane, wish);
  const seen = async () => {
    const { request } = await getRequest(hub, bob, { id, kind: 'rollback' });
    return { digest: request.digest, hazards: request.plan.hazards.map(({ code }) => code) };
  };
  expect(await seen()).toEqual({ digest, hazards: ['image_missing'] });
  const asked = registry.asked.length;
  expect(asked).toBeGreaterThan(0);
  images.push('shop/api:v1');
  const vote = { id, kind: 'rollback', decision: 'approve', digest, comment: undefined } as const;
  expect((await reviewRequest(hub, bob, vote)).state).toBe('completed');
  expect(registry.asked.length).toBe(asked);
  expect(await seen()).toEqual({ digest, hazards: ['image_missing'] });
});

test('a registry that tells what it heard does not get the password of another person into a preview', async () => {
  const ledger = secretLedger();
  const password = ledger.typed('the password at the registry');
  const heard: (string | undefined)[] = [];
  await using server = await receiver(({ headers: { authorization } }, answer) => {
    heard.push(authorization);
    const said = { 'www-authenticate': 'Basic realm="x"', 'x-heard': authorization ?? '' };
    answer.writeHead(authorization === undefined ? 401 : 503, said).end(authorization);
  });
  const host = `127.0.0.1:${server.port}`;
  const credential = { kind: 'password', username: 'robot', password } as const;
  await using hub = await makeHub({ settings: { registries: [{ host, plainHttp: true, credential }] } });
  const file = 'tenants/acme/production/api/pod.yaml';
  const pod = (tag: string): string => `spec: { containers: [{ image: "${host}/shop/api:${tag}" }] }\n`;
  const { commits } = await projectWith(hub, [
    { message: 'Good', files: { [file]: pod('v1') } },
    { message: 'Bad', files: { [file]: pod('v2') } },
  ]);
  const jane = await person(hub, 'jane', { role: 'admin' });
  const place = { slug: 'shop', mode: 'full', tenant: 'acme', environment: 'production' } as const;
  const wish = { ...place, targetSha: commits[0] ?? '', justification: 'v2 is slow' };
  const preview = await previewRollback(hub, jane, wish);
  expect(preview.plan.hazards).toMatchObject([
    { code: 'image_unknown', message: expect.stringContaining('answered 503') },
  ]);
  expect(heard.filter((one) => one !== undefined)).toHaveLength(1);
  ledger.heard('preview', JSON.stringify(preview));
  ledger.heard('request', JSON.stringify(await submitRollback(hub, jane, wish)));
  for (const { where, text } of filesBelow(hub.settings.dataDir)) ledger.heard(where, text);
  expect(ledger.leaks()).toEqual([]);
});
