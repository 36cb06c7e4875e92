import { expect, test } from 'vitest';
import { previewRelease, previewRollback } from '../../src/app/requests/preview-request.ts';
import { submitRelease, submitRollback } from '../../src/app/requests/submit-request.ts';
import { regenerated, smallShop } from '../kit/generated-tree.ts';
import { makeHub, person, projectWith } from '../kit/hub.ts';
import { type ImageRegistry, imageRegistry } from '../kit/image-registry.ts';
import { receiver } from '../kit/receiver.ts';

const file = 'tenants/acme/production/cache/service.yaml';
const place = { slug: 'shop', tenant: 'acme', environment: 'production' } as const;

const cache = (registry: ImageRegistry, version: string) =>
  regenerated({
    ...smallShop,
    [file]: `apiVersion: knowngood.dev/v1\nkind: Service\nbinding:\n  type: helm\n  repository: oci://${registry.host}/charts\n  chart: redis\n  version: ${version}\n`,
  });

/** A shop whose cache went from a chart that is gone by now to one that is there. */
async function stage(registry: ImageRegistry) {
  const hub = await makeHub({ settings: { registries: [{ host: registry.host, plainHttp: true }] } });
  const { commits, git } = await projectWith(hub, [
    { message: 'Good', files: cache(registry, '1.0.0') },
    { message: 'Bad', files: cache(registry, '2.0.0') },
  ]);
  return { hub, commits, git, jane: await person(hub, 'jane', { role: 'admin' }) };
}
const release = (version: string) => ({
  ...place,
  fields: [{ service: 'cache', field: 'binding.version', value: version }],
  justification: 'a newer cache',
});

test('a release of a chart version that there is not is refused with file and line, and nothing is committed', async () => {
  await using registry = await imageRegistry(['charts/redis:2.0.0', 'charts/redis:2.1.0']);
  const { hub, git, jane } = await stage(registry);
  await using _ = hub;
  const head = git('rev-parse', 'main');
  const reason = `${file}:7: asks for the chart redis 9.9.9, and ${registry.host}/charts shows no such version; name one that it has`;
  const preview = await previewRelease(hub, jane, release('9.9.9'));
  expect(preview).toMatchObject({ outcome: 'refused', reason: { message: reason } });
  expect(preview.plan.hazards).toMatchObject([{ code: 'chart_missing', paths: [file] }]);
  await expect(submitRelease(hub, jane, release('9.9.9'))).rejects.toMatchObject({
    code: 'delivery_invalid',
    message: reason,
  });
  expect(git('rev-parse', 'main')).toBe(head);
  expect((await submitRelease(hub, jane, release('2.1.0'))).state).toBe('completed');
});

test('a rollback to a chart that is gone says so and goes on, and one of which nobody can tell is unknown', async () => {
  await using registry = await imageRegistry(['charts/redis:2.0.0']);
  const { hub, commits, jane } = await stage(registry);
  await using _ = hub;
  const wish = {
    ...place,
    mode: 'service',
    service: 'cache',
    targetSha: commits[0] ?? '',
    justification: '2.0.0 loses keys',
  } as const;
  const { plan, outcome } = await previewRollback(hub, jane, wish);
  expect(plan.hazards.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    `chart_missing: chart redis 1.0.0 is missing (${file}:7): ${registry.host}/charts shows no such version, so that nothing could be rendered from it`,
  ]);
  expect(outcome).toBe('runs_now');
  expect((await submitRollback(hub, jane, wish)).state).toBe('completed');
  const elsewhere = {
    ...place,
    files: [
      {
        path: file,
        content: (cache(registry, '3.0.0')[file] ?? '').replace('127.0.0.1', 'charts.example.com'),
      },
    ],
  };
  const unknown = await previewRelease(hub, jane, elsewhere);
  expect(unknown.plan.hazards).toMatchObject([
    { code: 'chart_unknown', message: expect.stringContaining('not among the registries') },
  ]);
  expect(unknown.outcome).toBe('runs_now');
});

test('an Application that people wrote is asked for at its index, and a server that asks nobody calls nobody', async () => {
  let calls = 0;
  await using charts = await receiver((_, answer) => {
    calls += 1;
    answer.end('apiVersion: v1\nentries:\n  redis:\n  - version: 2.0.0\n');
  });
  const host = `127.0.0.1:${charts.port}`;
  const path = 'tenants/acme/production/cache/application.yaml';
  const app = (version: string) => ({
    [path]: `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: cache }\nspec:\n  source:\n    repoURL: http://${host}\n    chart: redis\n    targetRevision: ${version}\n`,
  });
  const hazardsOf = async (registries: readonly { host: string; plainHttp: boolean }[]) => {
    await using hub = await makeHub({ settings: { registries } });
    const { commits } = await projectWith(hub, [
      { message: 'Good', files: app('1.0.0') },
      { message: 'Bad', files: app('2.0.0') },
    ]);
    const jane = await person(hub, 'jane', { role: 'admin' });
    const wish = { ...place, mode: 'full' as const, targetSha: commits[0] ?? '' };
    return (await previewRollback(hub, jane, wish)).plan.hazards.map(({ message }) => message);
  };
  expect(await hazardsOf([])).toEqual([]);
  expect(calls).toBe(0);
  expect(await hazardsOf([{ host, plainHttp: true }])).toEqual([
    expect.stringContaining(`chart redis 1.0.0 is missing (${path}:8): http://${host} shows no such version`),
  ]);
});
