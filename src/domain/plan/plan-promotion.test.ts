import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PromotionCase, promote, rollBack } from '../../../test/kit/plans.ts';
import { changedFields } from '../../tree/fields/changes.ts';
import { makeLayout } from '../layout/layout.ts';
import { digestText } from './plan-digest.ts';
import { Refusal } from '../refusal/refusal.ts';

const at = (environment: string, file: string, service = 'api'): string =>
  `tenants/acme/${environment}/${service}/${file}`;
const service = (tag: string, replicas: number, level: string): string =>
  `# how it runs\nimage:\n  tag: ${tag} # built once\nreplicas: ${replicas}\nvalues:\n  LEVEL: ${level}\n`;
const now = {
  [at('staging', 'service.yaml')]: service('v2', 1, 'debug'),
  [at('production', 'service.yaml')]: service('v1', 4, 'info'),
  [at('staging', 'service.yaml', 'web')]: service('v7', 1, 'info'),
  [at('production', 'service.yaml', 'web')]: service('v6', 2, 'info'),
  'tenants/globex/production/api/service.yaml': service('v0', 2, 'info'),
};
const production = at('production', 'service.yaml');

const keptOf = ({ plan }: ReturnType<typeof promote>) =>
  plan.kept.map(({ path, address, reason }) => [path + (address ?? ''), reason]);
const refusal = (of: PromotionCase): string => {
  try {
    return promote(of)
      .plan.refused.map(({ reason }) => reason)
      .join('; ');
  } catch (error) {
    return error instanceof Refusal ? error.message : '';
  }
};

test('what runs anywhere is carried to the byte, what belongs to the environment stays and says why', () => {
  const promoted = promote({ now, services: ['api'] });
  expect(promoted.files).toEqual({ ...now, [production]: service('v2', 4, 'debug') });
  expect(promoted.plan).toMatchObject({
    kind: 'promotion',
    tenant: 'acme',
    environment: 'production',
    from: 'staging',
    service: 'api',
    target: undefined,
    impact: { services: 1, fields: 2, files: 1 },
  });
  expect(keptOf(promoted)).toEqual([
    [`${production}#/replicas`, 'it is no image, chart version, value or variable'],
  ]);
});

test('without a choice every service of the earlier environment goes, and a kind can be left out', () => {
  const { files, plan } = promote({ now, carry: ['image'] });
  expect(files[production]).toBe(service('v2', 4, 'info'));
  expect(files[at('production', 'service.yaml', 'web')]).toBe(service('v7', 2, 'info'));
  expect(plan.services.map((change) => change.service)).toEqual(['api', 'web']);
  expect(plan.kept.map(({ reason }) => reason)).toContain('promoted is only: image');
});

test('keep patterns hold fields and files back', () => {
  const promoted = promote({ now, services: ['api'], keep: ['**#/values/**'] });
  expect(promoted.files[production]).toBe(service('v2', 4, 'info'));
  expect(promoted.plan.kept).toContainEqual({
    path: production,
    address: '#/values/LEVEL',
    pattern: '**#/values/**',
    reason: 'a keep pattern names it',
  });
});

test('a service that the later environment lacks comes whole, and a person is told', () => {
  const { [production]: _none, ...lacking } = now;
  const { files, plan } = promote({ now: lacking, services: ['api'] });
  expect(files[production]).toBe(service('v2', 1, 'debug'));
  expect(plan.hazards).toMatchObject([{ code: 'new_in_environment', blocking: false }]);
});

test('a new file comes when all of it may, and else stays', () => {
  const added = {
    ...now,
    [at('staging', 'variables.yaml')]: 'TIMEOUT: 5s\n',
    [at('staging', 'patch.yaml')]: 'spec:\n  x: 1\n',
    [at('staging', 'notes.txt')]: 'hello there\n',
  };
  const promoted = promote({ now: added, services: ['api'] });
  expect(promoted.files[at('production', 'variables.yaml')]).toBe('TIMEOUT: 5s\n');
  expect(promoted.files[at('production', 'patch.yaml')]).toBeUndefined();
  expect(keptOf(promoted)).toContainEqual([
    at('production', 'patch.yaml'),
    'production does not have this file',
  ]);
  expect(promoted.files[at('production', 'notes.txt')]).toBeUndefined();
});

test('image tags that are files of one word are carried, too', () => {
  const layout = makeLayout([{ path: 'tags/{environment}/{service}' }], ['staging', 'production']);
  const tags = { 'tags/staging/api': 'v2\n', 'tags/production/api': 'v1\n' };
  const of = { now: tags, layout, services: ['api'] };
  expect(() => promote(of)).toThrow('there is no tenant acme');
  const byTenant = makeLayout([{ path: '{tenant}/{environment}/{service}' }], ['staging', 'production']);
  const files = { 'acme/staging/api': 'v2\n', 'acme/production/api': 'v1\n' };
  expect(promote({ now: files, layout: byTenant }).files).toEqual({
    ...files,
    'acme/production/api': 'v2\n',
  });
  expect(promote({ now: files, layout: byTenant, keep: ['acme/production/*'] }).plan.edits).toEqual([]);
});

test.each([
  [
    { from: 'production', to: 'staging' },
    'from an earlier environment to a later one: production to staging',
  ],
  [{ from: 'staging', to: 'staging' }, 'is none (dev, staging, production)'],
  [{ from: 'qa' }, 'qa to production is none'],
  [{ services: ['apy'] }, 'acme/staging has no service apy; did you mean api?'],
  [{ from: 'dev' }, 'tenant acme has no environment dev'],
  [
    { layout: makeLayout([{ path: 'tenants/{tenant}/{environment}/{service}/**' }]) },
    'declares no environments',
  ],
])('%j is refused', (of, reason) => {
  expect(refusal({ now, ...of })).toContain(reason);
});

test('a value that cannot be written safely refuses the promotion', () => {
  const anchored = { ...now, [production]: 'image: &i\n  tag: v1\ncopy: *i\nvalues:\n  LEVEL: info\n' };
  const sealed = `${service('v1', 4, 'info')}sops:\n  mac: x\n`;
  expect(promote({ now: { ...now, [production]: sealed }, services: ['api'] }).plan).toMatchObject({
    edits: [],
    refused: [{ reason: expect.stringContaining('SOPS') }],
  });
  expect(promote({ now: anchored, services: ['api'] }).plan.refused).not.toEqual([]);
});

test('the digest holds while the rest moves, and changes when either side of a carried field does', () => {
  const digestOn = (files: Readonly<Record<string, string>>): string =>
    digestText(promote({ now: files, services: ['api'] }).plan);
  const digest = digestOn(now);
  const elsewhere = { ...now, [production]: service('v1', 9, 'info') };
  expect(digestOn(elsewhere)).toBe(digest);
  expect(digestOn({ ...now, [at('staging', 'service.yaml')]: service('v3', 1, 'debug') })).not.toBe(digest);
  expect(digestOn({ ...now, [production]: service('v0', 4, 'info') })).not.toBe(digest);
});

test('after a promotion nothing more is carried, nobody else changes, and a rollback restores every byte', () => {
  const tags = fc.constantFrom('v1', '"1.10"', 'v3');
  const levels = fc.constantFrom('info', '"no"', '{ a: 1 }', 'staging.example.com');
  const text = fc.tuple(tags, fc.nat(9), levels).map((all) => service(...all));
  fc.assert(
    fc.property(text, text, (source, present) => {
      const before = { ...now, [at('staging', 'service.yaml')]: source, [production]: present };
      const promoted = promote({ now: before, services: ['api'] });
      const after = promoted.files;
      const others = Object.keys(before).filter((path) => path !== production);
      for (const path of others) expect(after[path]).toBe(new Map(Object.entries(before)).get(path));
      const left = changedFields(after[production] ?? '', source);
      expect(
        left.kind === 'fields' ? left.changes.map(({ address }) => `${production}${address}`) : [],
      ).toEqual(keptOf(promoted).map(([address]) => address));
      expect(promote({ now: after, services: ['api'] }).plan.edits).toEqual([]);
      expect(rollBack({ now: after, past: before, service: 'api' }).files).toEqual(before);
    }),
  );
});
