import { expect, test } from 'vitest';
import { rollBack } from '../../../test/kit/plans.ts';

const api = 'tenants/acme/production/api/service.yaml';
const web = 'tenants/acme/production/web/service.yaml';
const past = { [api]: 'tag: v1\nreplicas: 3\n', [web]: 'tag: v1\n' };
const now = { [api]: 'tag: v2\nreplicas: 5\n', [web]: 'tag: v2\n' };

test('kept files and fields stay, and the preview lists them', () => {
  const kept = rollBack({ now, past, keep: ['**#/replicas', '**/web/**'] });
  expect(kept.files[api]).toBe('tag: v1\nreplicas: 5\n');
  expect(kept.files[web]).toBe(now[web]);
  expect(kept.plan.kept).toEqual([
    { path: web, address: undefined, pattern: '**/web/**' },
    { path: api, address: '#/replicas', pattern: '**#/replicas' },
  ]);
});

test('a file in which only kept fields differ is not touched', () => {
  const { plan } = rollBack({
    now: { [api]: 'replicas: 5\n' },
    past: { [api]: 'replicas: 3\n' },
    keep: ['**#/replicas'],
  });
  expect(plan.edits).toEqual([]);
  expect(plan.kept).toHaveLength(1);
});

test('a field that cannot be kept apart refuses the rollback and says why', () => {
  expect(() =>
    rollBack({ now: { [api]: 'a: &x 5\nb: *x\n' }, past: { [api]: 'a: &x 3\nb: *x\n' }, keep: ['**#/a'] }),
  ).toThrow(`${api}: cannot keep #/a: `);
});

test('the digest binds what was kept', () => {
  const { plan } = rollBack({ now, past, keep: ['**#/replicas'] });
  expect(plan.sources.find((edit) => edit.kind === 'file' && edit.path === api)).toMatchObject({
    kept: ['#/replicas'],
  });
});
