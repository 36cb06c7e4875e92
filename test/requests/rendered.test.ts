import { expect, test } from 'vitest';
import { renderRollback, renderUndo } from '../../src/app/render/render-wish.ts';
import { previewRollback } from '../../src/app/requests/preview-request.ts';
import { wireRendered } from '../../src/http/handlers/wire-rendered.ts';
import { generatedHistory, releases } from '../kit/generated-shop.ts';
import { deployment, regenerated, serviceText, smallShop } from '../kit/generated-tree.ts';
import { hubCli } from '../kit/hub-cli.ts';
import { makeHub, person, projectWith } from '../kit/hub.ts';
import { overlay } from '../kit/render-shapes.ts';
import { needsKustomize } from '../kit/render-tools.ts';

const place = { slug: 'shop', tenant: 'acme', environment: 'production' } as const;

test('a rollback on a server is rendered for each binding, and a chart from elsewhere is a missing layer', async (context) => {
  needsKustomize(context);
  await using hub = await makeHub();
  const { commits, git } = await projectWith(hub, generatedHistory(releases));
  const jane = await person(hub, 'jane', { role: 'admin' });
  const wish = { ...place, mode: 'full' as const, targetSha: commits[0] ?? '' };
  const head = git('rev-parse', 'main');
  const result = await renderRollback(hub, jane, wish);
  expect(result.digest).toBe((await previewRollback(hub, jane, wish)).digest);
  const byService = Object.fromEntries(result.change.services.map((one) => [one.service, one]));
  expect(byService['api']?.objects).toMatchObject([{ change: 'changed', kind: 'Deployment', name: 'api' }]);
  expect(byService['web']?.objects).toMatchObject([
    { change: 'changed', kind: 'Deployment', after: expect.stringContaining('ghcr.io/example/web:v1') },
  ]);
  expect(byService['cache']?.missing).toMatchObject([
    { layer: 'chart', of: 'present', at: { file: 'tenants/acme/production/cache/service.yaml' } },
    { layer: 'chart', of: 'target' },
  ]);
  expect(wireRendered(result).services).toHaveLength(3);
  expect(git('rev-parse', 'main')).toBe(head);
});

test('an undo is rendered too, and only for whoever may preview it', async () => {
  await using hub = await makeHub();
  const { commits } = await projectWith(hub, generatedHistory(releases));
  const jane = await person(hub, 'jane', { role: 'admin' });
  const nobody = await person(hub, 'nobody', { role: undefined });
  const wish = { slug: 'shop', commit: commits.at(-1) ?? '' };
  expect((await renderUndo(hub, jane, wish)).change.services.length).toBeGreaterThan(0);
  await expect(renderUndo(hub, nobody, wish)).rejects.toMatchObject({ code: 'not_visible' });
});

const project = `apiVersion: knowngood.dev/v1
kind: Project
environments: [staging, production]
layout:
  - path: tenants/{tenant}/{environment}/{service}/**
`;

test('a base in the folder of another tenant is not shown to who may not look there', async () => {
  await using hub = await makeHub();
  const overlayAt = (prefix: string) => ({
    'tenants/acme/production/web/kustomization.yaml': `namePrefix: ${prefix}\nresources: [../../../globex/production/web]\n`,
  });
  const other = {
    'tenants/globex/production/web/kustomization.yaml': 'resources: [secret-plan.yaml]\n',
    'tenants/globex/production/web/secret-plan.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: merger }\n',
  };
  const { project: made, commits } = await projectWith(hub, [
    { message: 'Good', files: { 'knowngood.yaml': project, ...other, ...overlayAt('a-') } },
    { message: 'Bad', files: overlayAt('b-') },
  ]);
  const eve = await person(hub, 'eve', { role: undefined });
  const grant = { projectId: made.id, tenant: 'acme', environment: undefined } as const;
  const grants = ['read', 'preview'].map((verb) => ({ ...grant, verb: verb as 'read' | 'preview' }));
  const { change } = await renderRollback(
    hub,
    { ...eve, grants },
    { ...place, mode: 'service', service: 'web', targetSha: commits[0] ?? '' },
  );
  expect(change.services).toMatchObject([
    {
      objects: [],
      missing: [
        {
          of: 'both',
          reason: 'belongs to others, and you may not look at it',
          at: { file: 'tenants/globex/production/web/kustomization.yaml' },
        },
      ],
    },
  ]);
  expect(JSON.stringify(change)).not.toContain('merger');
});

test('on a server, rollback and diff show rendered objects where they are asked for', async (context) => {
  needsKustomize(context);
  await using cli = await hubCli();
  await cli.add('jane', { role: 'admin' });
  const layout =
    'apiVersion: knowngood.dev/v1\nkind: Project\nenvironments: [production]\nlayout:\n  - path: apps/{service}/{environment}/**\n';
  const { commits } = await projectWith(cli.hub, [
    { message: 'Good', files: { 'knowngood.yaml': layout, ...overlay('v1') } },
    { message: 'Bad', files: overlay('v2') },
  ]);
  const words = ['-p', 'shop', '-e', 'production', '-s', 'web', '--to', commits[0] ?? ''];
  const plain = await cli.as('jane', ['rollback', ...words, '--dry-run']);
  expect(plain.stdout).not.toContain('Rendered objects');
  const shown = await cli.as('jane', ['rollback', ...words, '--dry-run', '--render']);
  expect(shown.stdout).toMatch(/Rendered objects \(.*kustomize.*\)[^]*~ Deployment shop\/eu-web/);
  const data = await cli.as('jane', ['rollback', ...words, '--dry-run', '--render', '-o', 'json']);
  expect(JSON.parse(data.stdout)).toMatchObject({
    rendered: { services: [{ service: 'web', missing: [] }] },
  });
  const diff = await cli.as('jane', ['diff', ...words, '--render']);
  expect(diff.code).toBe(1);
  expect(diff.stdout).toContain('~ Deployment shop/eu-web');
  const between = await cli.as('jane', [
    'diff',
    commits[0] ?? '',
    '-p',
    'shop',
    '-e',
    'production',
    '--render',
  ]);
  expect(between.stderr).toContain('--render is for going back from now');
});

test('an object that another tenant makes for the same namespace is named where both are rendered', async (context) => {
  needsKustomize(context);
  await using hub = await makeHub();
  const service = serviceText('binding: { type: kustomize, source: bases/extra }\n');
  const extra = {
    'bases/extra/kustomization.yaml': 'resources: [deployment.yaml]\n',
    'bases/extra/deployment.yaml': deployment.replace('name: api', 'name: extra'),
  };
  const file = 'tenants/acme/production/extra/service.yaml';
  const shared = { 'tenants/globex/production/environment.yaml': 'namespace: shop\ncluster: eu-1\n' };
  const good = regenerated({ ...smallShop, ...extra, [file]: service });
  const now = regenerated({
    ...smallShop,
    ...extra,
    ...shared,
    'tenants/globex/production/extra/service.yaml': service,
  });
  const { commits, project } = await projectWith(hub, [
    { message: 'Good', files: good },
    {
      message: 'Bad',
      files: { ...Object.fromEntries(Object.keys(good).map((path) => [path, null])), ...now },
    },
  ]);
  const jane = await person(hub, 'jane', { role: 'admin' });
  const wish = { ...place, mode: 'service' as const, service: 'extra', targetSha: commits[0] ?? '' };
  const { change } = await renderRollback(hub, jane, wish);
  expect(change.services.flatMap(({ hazards }) => hazards)).toMatchObject([
    {
      code: 'object_collides',
      message:
        'Deployment extra is made by globex/production/extra, too: each sync of one would undo the other',
    },
  ]);
  const eve = await person(hub, 'eve', { role: undefined });
  const grant = { projectId: project.id, tenant: 'acme', environment: undefined };
  const grants = (['read', 'preview'] as const).map((verb) => ({ ...grant, verb }));
  const hidden = await renderRollback(hub, { ...eve, grants }, wish);
  expect(hidden.change.services).toMatchObject([{ service: 'extra', hazards: [] }]);
});
