import { expect, test } from 'vitest';
import { rollBack, standardLayout } from '../../../test/kit/plans.ts';
import { makeLayout } from '../layout/layout.ts';

const api = 'tenants/acme/production/api/service.yaml';
const web = 'tenants/acme/production/web/service.yaml';
const environment = 'tenants/acme/production/environment.yaml';
const other = 'tenants/globex/production/api/service.yaml';
const past = {
  [api]: 'tag: v1\nreplicas: 3\n',
  [web]: 'tag: v1\n',
  [environment]: 'ns: a\n',
  [other]: 'tag: v1\n',
  'variables.yaml': 'A: 1\n',
};
const now = {
  [api]: 'tag: v2\nreplicas: 5\n',
  [web]: 'tag: v2\n',
  [environment]: 'ns: b\n',
  [other]: 'tag: v2\n',
  'variables.yaml': 'A: 2\n',
};

test('full mode restores the whole tenant-environment and nothing else', () => {
  const { files, plan } = rollBack({ now, past });
  expect(files).toEqual({ ...now, [api]: past[api], [web]: past[web], [environment]: past[environment] });
  expect(plan.services.map(({ service }) => service)).toEqual(['api', 'web', null]);
  expect([plan.impact.services, plan.impact.files]).toEqual([2, 3]);
});

test('service mode restores one service and nothing else', () => {
  const { files, plan } = rollBack({ now, past, service: 'api' });
  expect(files).toEqual({ ...now, [api]: past[api] });
  expect(plan.edits).toHaveLength(1);
});

test('field mode changes only the chosen field', () => {
  const { files, plan } = rollBack({ now, past, service: 'api', fields: ['tag'] });
  expect(files[api]).toBe('tag: v1\nreplicas: 5\n');
  expect(plan.services[0]?.fields.map(({ address }) => address)).toEqual([`${api}#/tag`]);
});

test('what the target did not have is deleted, what is gone comes back', () => {
  const extra = 'tenants/acme/production/api/extra.yaml';
  const gone = 'tenants/acme/production/api/gone.yaml';
  const { files, plan } = rollBack({
    now: { ...now, [extra]: 'x' },
    past: { ...past, [gone]: 'y' },
    service: 'api',
  });
  expect(files[extra]).toBeUndefined();
  expect(files[gone]).toBe('y');
  expect(plan.services[0]?.files.map(({ path, change }) => [path, change])).toEqual([
    [extra, 'deleted'],
    [gone, 'added'],
    [api, 'modified'],
  ]);
});

test('a plan names shared changes and whom they reach, and leaves them', () => {
  const { plan, files } = rollBack({ now, past });
  expect(plan.shared).toEqual([
    {
      path: 'variables.yaml',
      change: 'modified',
      reaches: [
        { tenant: 'acme', environment: 'production' },
        { tenant: 'globex', environment: 'production' },
      ],
      included: false,
    },
  ]);
  expect(files['variables.yaml']).toBe('A: 2\n');
});

test('included shared changes are restored, too', () => {
  const { plan, files } = rollBack({ now, past, includeShared: true });
  expect(plan.shared[0]?.included).toBe(true);
  expect(files['variables.yaml']).toBe('A: 1\n');
});

test('a service does not take environment-level configuration with it, but says that it changed', () => {
  const { plan } = rollBack({ now, past, service: 'api' });
  expect(plan.shared.map(({ path }) => path)).toEqual([environment, 'variables.yaml']);
});

test('rolling back to now changes nothing and says so', () => {
  const { plan } = rollBack({ now, past: now });
  expect([plan.edits, plan.shared, plan.impact.files]).toEqual([[], [], 0]);
});

test('an empty plan names what it left out', () => {
  const { plan } = rollBack({ now, past: { ...now, 'variables.yaml': 'A: 1\n' } });
  expect(plan.edits).toEqual([]);
  expect(plan.shared.map(({ path }) => path)).toEqual(['variables.yaml']);
});

test('generated paths are never restored', () => {
  const generated = 'delivery/acme/production/api/x.yaml';
  const { files, plan } = rollBack({
    now: { ...now, [generated]: 'new' },
    past: { ...past, [generated]: 'old' },
  });
  expect(files[generated]).toBe('new');
  expect(plan.hazards.map(({ code, paths }) => [code, paths])).toEqual([['not_regenerated', [generated]]]);
});

test('a link is restored whole and named as a hazard', () => {
  const link = 'tenants/acme/production/api/link';
  const { plan } = rollBack({
    now: { ...now, [link]: { text: 'a', mode: '120000' } },
    past: { ...past, [link]: { text: 'b', mode: '120000' } },
    service: 'api',
  });
  expect(plan.hazards.map(({ code, paths }) => [code, paths])).toEqual([['link_or_submodule', [link]]]);
  expect(plan.sources).toHaveLength(2);
});

test('a service that the target lacks is a hazard that must be allowed', () => {
  const { [api]: _, ...without } = past;
  const { plan } = rollBack({ now, past: without, service: 'api' });
  expect(plan.hazards).toMatchObject([{ code: 'service_absent_at_target', blocking: true, paths: [api] }]);
});

test('a target at which the tenant-environment does not exist is refused', () => {
  expect(() => rollBack({ now, past: { 'variables.yaml': 'A: 1\n' } })).toThrow(
    'acme/production does not exist at revision aaaaaaaa',
  );
});

test.each([
  [{ tenant: 'acmee' }, 'there is no tenant acmee; did you mean acme?'],
  [{ environment: 'staging' }, 'tenant acme has no environment staging'],
  [{ service: 'apj' }, 'acme/production has no service apj; did you mean api?'],
])('a scope that is not there is refused: %j', (scope, message) => {
  expect(() => rollBack({ now, past, ...scope })).toThrow(message);
});

test('one changed file costs a handful of reads, however large the repository', () => {
  const filler = Object.fromEntries(
    Array.from({ length: 400 }, (_, i) => [`tenants/t${i % 20}/dev/s${i}/service.yaml`, `n: ${i}\n`]),
  );
  const { trees } = rollBack({
    now: { ...now, ...filler },
    past: { ...now, ...filler, [api]: 'tag: v0\n' },
    service: 'api',
  });
  expect(trees.asked.size).toBeLessThan(14);
});

test('a layout of one file per service works as well', () => {
  const layout = makeLayout([{ path: 'image-tags/{environment}/{service}' }]);
  const { files } = rollBack({
    layout,
    tenant: 'default',
    environment: 'dev',
    service: 'api',
    now: { 'image-tags/dev/api': 'tag: v2\n', 'image-tags/dev/web': 'tag: v2\n' },
    past: { 'image-tags/dev/api': 'tag: v1\n', 'image-tags/dev/web': 'tag: v1\n' },
  });
  expect(files).toEqual({ 'image-tags/dev/api': 'tag: v1\n', 'image-tags/dev/web': 'tag: v2\n' });
});

test('the plan does not depend on the order in which a layout is written', () => {
  const reversed = makeLayout(
    standardLayout.templates.toReversed().map(({ source, generated }) => ({ path: source, generated })),
    standardLayout.environments,
  );
  expect(rollBack({ now, past, layout: reversed }).plan).toEqual(rollBack({ now, past }).plan);
});
