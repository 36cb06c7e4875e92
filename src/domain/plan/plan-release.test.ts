import fc from 'fast-check';
import { expect, test } from 'vitest';
import { release, rollBack } from '../../../test/kit/plans.ts';
import type { FieldValue } from '../../tree/fields/change.ts';
import { digestText } from './plan-digest.ts';
import type { ReleaseChange } from './release-change.ts';

const api = 'tenants/acme/production/api/service.yaml';
const variables = 'tenants/acme/production/api/variables.yaml';
const web = 'tenants/acme/production/web/service.yaml';
const environment = 'tenants/acme/production/environment.yaml';
const other = 'tenants/globex/production/api/service.yaml';
const now = {
  [api]: 'image:\n  tag: v1 # never built by hand\nreplicas: 3\nvalues:\n  LEVEL: info\n',
  [variables]: 'LEVEL: info\n',
  [web]: 'image:\n  tag: v1\n',
  [environment]: 'namespace: acme\n',
  [other]: 'image:\n  tag: v1\n',
  'variables.yaml': 'A: 1\n',
  'delivery/acme/production/api/all.yaml': 'x: 1\n',
};

const set = (field: string, value: FieldValue, service: string | undefined = 'api'): ReleaseChange => ({
  kind: 'field',
  service,
  field,
  wished: { kind: 'value', value },
});
const write = (path: string, text: string | undefined): ReleaseChange => ({ kind: 'file', path, text });

const refusal = (changes: readonly ReleaseChange[]): string => {
  try {
    const { plan } = release({ now, changes });
    return plan.refused.map(({ address, reason }) => `${address}: ${reason}`).join('; ');
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

test('fields of several services are set, and every other byte of the repository stays', () => {
  const changes = [set('image.tag', 'v2'), set('replicas', 5), set('image.tag', 'v9', 'web')];
  const { files, plan } = release({ now, changes });
  expect(files).toEqual({
    ...now,
    [api]: now[api].replace('v1', 'v2').replace('3', '5'),
    [web]: now[web].replace('v1', 'v9'),
  });
  expect(plan).toMatchObject({ kind: 'release', mode: 'field', service: undefined, target: undefined });
  expect(plan.services.map(({ service, fields }) => [service, fields.map(({ field }) => field)])).toEqual([
    ['api', ['image.tag', 'replicas']],
    ['web', ['image.tag']],
  ]);
  expect(plan.impact).toEqual({ services: 2, bindings: 0, variables: 0, fields: 3, files: 2 });
});

test('a field of the tenant-environment itself, and one that is new, are set too', () => {
  const changes = [
    { ...set('namespace', 'acme-prod'), service: undefined },
    set('values.CACHE', '60s'),
    set('variables.yaml#/NEW', 1),
  ];
  const { files } = release({ now, changes });
  expect(files[environment]).toBe('namespace: acme-prod\n');
  expect(files[api]).toBe(`${now[api]}  CACHE: 60s\n`);
  expect(files[variables]).toBe('LEVEL: info\nNEW: 1\n');
});

test('whole files are written, added and taken away, and a shared one names whom it reaches', () => {
  const added = 'tenants/acme/production/api/patch.yaml';
  const changes = [write(added, 'a: 1\n'), write(web, undefined), write('variables.yaml', 'A: 2\n')];
  const { files, plan } = release({ now, changes });
  const { [web]: _gone, ...rest } = now;
  expect(files).toEqual({ ...rest, [added]: 'a: 1\n', 'variables.yaml': 'A: 2\n' });
  expect(plan.shared).toMatchObject([{ path: 'variables.yaml', included: true }]);
  expect(plan.shared[0]?.reaches.map(({ tenant }) => tenant)).toEqual(['acme', 'globex']);
  expect(plan.services.flatMap(({ files }) => files.map(({ change }) => change))).toEqual([
    'added',
    'deleted',
    'modified',
  ]);
});

test('what is so already is no change', () => {
  const { plan } = release({ now, changes: [set('image.tag', 'v1'), write(web, now[web])] });
  expect(plan).toMatchObject({ edits: [], sources: [], services: [] });
});

test.each([
  ['nothing', [], 'name at least one field or file'],
  [
    'no such service',
    [set('image.tag', 'v2', 'apy')],
    'acme/production has no service apy; did you mean api?',
  ],
  ['an ambiguous field', [set('LEVEL.x', 'v')], 'neither it nor the mapping that would hold it exists'],
  ['a missing mapping', [set('image.a.b', 'v')], 'neither it nor the mapping that would hold it exists'],
  ['a near miss', [set('replica', 5)], 'it does not exist; did you mean replicas?'],
  ['a missing file', [set('values.yaml#/a', 1)], 'it has no file values.yaml'],
  ['one field twice', [set('image.tag', 'v2'), set('tag', 'v3')], 'it is named twice'],
  ['a field and what holds it', [set('image', {}), set('image.tag', 'v3')], 'it is named twice'],
  ['no field at all', [set('a[', 1)], 'is not a field address'],
  ['somebody else’s file', [write(other, 'x')], 'it belongs to globex/production'],
  ['a file of nobody', [write('README.md', 'x')], 'it belongs to nobody'],
  ['the project file', [write('knowngood.yaml', 'x')], 'it belongs to nobody'],
  ['a generated file', [write('delivery/acme/production/api/all.yaml', 'x')], 'it is generated'],
  ['what others share', [write('tenants/globex/variables.yaml', 'x')], 'acme/production does not read it'],
  ['a path upwards', [write('tenants/acme/production/api/../x', 'x')], 'it is not a plain path'],
  ['a folder', [write('tenants/acme/production/api', 'x')], 'is in the way'],
  ['a file below a file', [write(`${api}/x`, 'x')], 'is in the way'],
  ['a file twice', [write(web, 'x'), write(web, 'y')], 'it is named twice'],
  ['a file whole and by field', [set('image.tag', 'v2'), write(api, 'x')], 'fields of it are named as well'],
  ['bytes that are no text', [write(web, 'a\0')], 'the new content is no text'],
] as const)('%s is refused with the reason', (_, changes, reason) => {
  expect(refusal(changes)).toContain(reason);
});

test('the same release on another state of other files is the same plan; a field that moved is not', () => {
  const changes = [set('image.tag', 'v2')];
  const digestOn = (files: Readonly<Record<string, string>>): string =>
    digestText(release({ now: files, changes }).plan);
  const digest = digestOn(now);
  const elsewhere = {
    ...now,
    [web]: 'image:\n  tag: v7\n',
    [api]: now[api].replace('replicas: 3', 'replicas: 8'),
  };
  expect(digestOn(elsewhere)).toBe(digest);
  expect(digestOn({ ...now, [api]: now[api].replace('v1', 'v0') })).not.toBe(digest);
});

test('a release and the rollback of it restore every byte, and order does not matter', () => {
  const values = fc.constantFrom<FieldValue>('v2', '1.10', 'no', 7, true, null, { a: [1] });
  const fields = fc.subarray(
    ['image.tag', 'replicas', 'values.LEVEL', 'values.NEW', 'variables.yaml#/LEVEL'],
    {
      minLength: 1,
    },
  );
  const spacing = fc.constantFrom('', '\n', '# a comment\n', '   \n');
  fc.assert(
    fc.property(fields, fc.array(values, { minLength: 5, maxLength: 5 }), spacing, (names, wanted, end) => {
      const before = { ...now, [api]: now[api] + end };
      const changes = names.map((name, index) => set(name, wanted[index] ?? null));
      const released = release({ now: before, changes });
      expect(digestText(release({ now: before, changes: changes.toReversed() }).plan)).toBe(
        digestText(released.plan),
      );
      const outside = Object.keys(before).filter((path) => path !== api && path !== variables);
      for (const path of outside)
        expect(released.files[path]).toBe(Object.entries(before).find(([p]) => p === path)?.[1]);
      expect(rollBack({ now: released.files, past: before, service: 'api' }).files).toEqual(before);
    }),
  );
});
