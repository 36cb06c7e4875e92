import { expect, test } from 'vitest';
import { renderRelease, renderRollback } from '../../src/app/render/render-wish.ts';
import { previewRollback } from '../../src/app/requests/preview-request.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';
import { makeHub, person, projectWith } from '../kit/hub.ts';
import { imageRegistry } from '../kit/image-registry.ts';
import { needsKustomize } from '../kit/render-tools.ts';

const layout =
  'apiVersion: knowngood.dev/v1\nkind: Project\nenvironments: [production]\nlayout:\n  - path: tenants/{tenant}/{environment}/{service}/**\n';
const folder = 'tenants/acme/production/web';
const place = { slug: 'shop', tenant: 'acme', environment: 'production' } as const;

/** Only the patch says which image there is; no file has it under `image`. */
const patched = (registry: string, tag: string) => ({
  [`${folder}/kustomization.yaml`]: `resources: [web.yaml]
patches:
  - target: { kind: Deployment }
    patch: |
      - { op: replace, path: /spec/template/spec/containers/0/image, value: "${registry}/shop/web:${tag}" }
`,
});
const base = {
  'knowngood.yaml': layout,
  [`${folder}/web.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } }
`,
};

test('an image that only a kustomization makes is asked for where it was rendered, and nowhere else', async (context) => {
  needsKustomize(context);
  await using registry = await imageRegistry(['shop/web:v2']);
  await using hub = await makeHub({ settings: { registries: [{ host: registry.host, plainHttp: true }] } });
  const { commits } = await projectWith(hub, [
    { message: 'Good', files: { ...base, ...patched(registry.host, 'v1') } },
    { message: 'Bad', files: patched(registry.host, 'v2') },
    { message: 'Elsewhere', files: patched('quay.example.com', 'v2') },
  ]);
  const jane = await person(hub, 'jane', { role: 'admin' });
  const back = (to: number) => ({ ...place, mode: 'full' as const, targetSha: commits[to] ?? '' });
  expect((await previewRollback(hub, jane, back(0))).plan.hazards).toEqual([]);
  expect(registry.asked).toEqual([]);
  const hazardsOf = async (to: number) =>
    (await renderRollback(hub, jane, back(to))).change.services.flatMap(({ hazards }) =>
      hazards.map(({ code, message }) => `${code}: ${message}`),
    );
  expect(await hazardsOf(0)).toEqual([
    `image_missing: ${registry.host}/shop/web:v1 is missing: ${registry.host} shows no such image, so that no new pod could start with it`,
  ]);
  expect(await hazardsOf(1)).toEqual([]);
});

test('an image of which nobody can tell is unknown, and one that the files name is the business of the plan', async (context) => {
  needsKustomize(context);
  await using registry = await imageRegistry([]);
  await using hub = await makeHub({ settings: { registries: [{ host: registry.host, plainHttp: true }] } });
  const own = (tag: string) => ({
    [`${folder}/extra.yaml`]: `apiVersion: v1\nkind: Pod\nmetadata: { name: extra }\nspec: { containers: [{ name: extra, image: "${registry.host}/shop/extra:${tag}" }] }\n`,
  });
  const both = patched('quay.example.com', 'v1');
  const file = `${folder}/kustomization.yaml`;
  const { commits } = await projectWith(hub, [
    {
      message: 'Good',
      files: {
        ...base,
        ...own('v1'),
        [file]: both[file].replace('[web.yaml]', '[web.yaml, extra.yaml]'),
      },
    },
    { message: 'Bad', files: { ...patched('quay.example.com', 'v2'), ...own('v2') } },
  ]);
  const jane = await person(hub, 'jane', { role: 'admin' });
  const wish = { ...place, mode: 'full' as const, targetSha: commits[0] ?? '' };
  const codes = (await previewRollback(hub, jane, wish)).plan.hazards.map(({ code }) => code);
  expect(codes).toEqual(['image_missing']);
  const { change } = await renderRollback(hub, jane, wish);
  expect(change.services.flatMap(({ hazards }) => hazards)).toMatchObject([
    { code: 'image_unknown', message: expect.stringContaining('quay.example.com/shop/web:v1') },
  ]);
});

test('a release that brings a held tag back by another way is told so where it is rendered', async (context) => {
  needsKustomize(context);
  await using hub = await makeHub();
  const file = `${folder}/kustomization.yaml`;
  const image = (tag: string) => ({
    [file]: `resources: [web.yaml]\nimages: [{ name: web, newTag: ${tag} }]\n`,
  });
  const { commits } = await projectWith(hub, [
    { message: 'Good', files: { ...base, ...image('v1') } },
    { message: 'Bad', files: image('v2') },
  ]);
  const jane = await person(hub, 'jane', { role: 'admin' });
  const wish = { ...place, mode: 'full' as const, targetSha: commits[0] ?? '' };
  const { id } = await submitRollback(hub, jane, { ...wish, justification: 'v2 is slow' });
  const { change } = await renderRelease(hub, jane, {
    ...place,
    files: [{ path: file, content: patched('ghcr.io', 'v2')[file] }],
  });
  expect(change.services.flatMap(({ hazards }) => hazards)).toMatchObject([
    {
      code: 'image_held',
      message: expect.stringMatching(`ghcr.io/shop/web:v2 has the .*newTag that ${id} took`),
    },
  ]);
});
