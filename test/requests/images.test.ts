import { expect, test } from 'vitest';
import { previewRollback } from '../../src/app/requests/preview-request.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';
import { makeHub, person, projectWith } from '../kit/hub.ts';
import { imageRegistry } from '../kit/image-registry.ts';

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
  expect((await submitRollback(hub, jane, wish)).state).toBe('completed');
  expect(registry.asked.length).toBe(asked);
});
