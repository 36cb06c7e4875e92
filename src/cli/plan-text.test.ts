import { expect, test } from 'vitest';
import type { Plan, SharedChange } from '../domain/plan/plan.ts';
import { planText } from './plan-text.ts';
import { ofPlan } from './plan-view.ts';
import { styleFor } from './style.ts';
import { widthOf } from './table.ts';

const oid = (digit: string): string => digit.repeat(40);
const state = (digit: string) => ({ mode: '100644', oid: oid(digit) }) as const;
const folder = 'tenants/acme/production/api-gateway';

const plan: Plan = {
  kind: 'rollback',
  mode: 'service',
  tenant: 'acme',
  environment: 'production',
  service: 'api-gateway',
  base: oid('b'),
  target: oid('a'),
  edits: [{ kind: 'delete', path: `${folder}/new.yaml` }],
  sources: [],
  services: [
    {
      service: 'api-gateway',
      files: [
        { path: `${folder}/new.yaml`, change: 'deleted', before: state('1'), after: undefined },
        { path: `${folder}/service.yaml`, change: 'modified', before: state('2'), after: state('3') },
      ],
      fields: [
        ['image.tag', 'v2.1.0', 'v2.0.9'],
        ['replicas', 6, 3],
      ].map(([field, before, after]) => ({
        file: `${folder}/service.yaml`,
        address: `${folder}/service.yaml#/${field}`,
        field: String(field),
        before,
        after,
        secret: false,
      })),
    },
  ],
  shared: [],
  kept: [],
  hazards: [],
  refused: [],
  conflicts: [],
  impact: { services: 1, bindings: 0, variables: 0, fields: 2, files: 2 },
};

const about = { revision: oid('a'), subject: 'Promote api-gateway', author: 'jane', age: '2h' };
const text = (of: Partial<Plan> = {}, columns?: number): string =>
  planText(ofPlan({ ...plan, ...of }), about, { style: styleFor(false), columns });

const shared = (path: string, ...reaches: readonly string[]): SharedChange => ({
  path,
  change: 'modified',
  reaches: reaches.map((name) => {
    const [tenant = '', environment = ''] = name.split('/');
    return { tenant, environment };
  }),
  included: false,
});

test('a preview says where, back to what, how much, and each change', () => {
  expect(text()).toBe(`Service rollback of acme/production api-gateway
  to aaaaaaaa · 2h ago · jane · Promote api-gateway
  1 service · 2 fields · 2 files · 1 deleted

api-gateway
  - ${folder}/new.yaml
  ~ ${folder}/service.yaml
      image.tag  v2.1.0 → v2.0.9
      replicas   6 → 3
`);
});

test('shared changes that are left out come with whom they reach, those of this tenant-environment first', () => {
  const reaching = shared('variables.yaml', 'acme/dev', 'acme/production', 'globex/production');
  const two = shared('base/a.yaml', 'acme/production', 'globex/production');
  const far = shared('base/b.yaml', 'globex/production');
  expect(text({ shared: [reaching, two, far, { ...far, path: 'c' }] })).toContain(`
Left out: 4 shared changes (--include-shared restores them too)
  ~ variables.yaml  reaches 3 tenant-environments: acme/dev, acme/production, globex/production
  ~ base/a.yaml  reaches acme/production and globex/production
  2 shared changes reach others only
`);
});

test('nothing to change names what was left out', () => {
  const nothing = text({ edits: [], services: [], shared: [shared('variables.yaml', 'acme/production')] });
  expect(nothing).toBe(`Service rollback of acme/production api-gateway
  to aaaaaaaa · 2h ago · jane · Promote api-gateway

Nothing to change: it is already so.

Left out: 1 shared change (--include-shared restores it too)
  ~ variables.yaml  reaches acme/production
`);
});

test('who chose single fields is not told of shared files', () => {
  expect(text({ mode: 'field', shared: [shared('variables.yaml', 'acme/production')] })).not.toContain(
    'Left',
  );
});

test('shared changes that are included say how far the commit goes', () => {
  const change = { ...shared('variables.yaml', 'acme/dev', 'acme/production'), included: true };
  expect(text({ shared: [change] })).toContain(`
Shared: 1 path that 2 tenant-environments read
  ~ variables.yaml  reaches acme/dev and acme/production
`);
});

test('what is kept, in conflict, dangerous or refused stands in a list of its own, with the reason', () => {
  const address = `${folder}/service.yaml#/replicas`;
  const all = text({
    kept: [{ path: `${folder}/service.yaml`, address: '#/replicas', pattern: '**#/replicas' }],
    conflicts: [{ address, reason: 'changed again since' }],
    hazards: [
      { code: 'service_absent_at_target', message: 'this deletes it', blocking: true, paths: [] },
      { code: 'link_or_submodule', message: 'restores 1 link', blocking: false, paths: [] },
    ],
    refused: [{ address, reason: 'it is an alias' }],
  });
  expect(all).toContain(`
Kept: 1 match of keep patterns
  ${address}  by **#/replicas

Stays: 1 conflict, not undone
  ${address}  changed again since

Hazard: this deletes it; allow it with --allow-delete
Hazard: restores 1 link

Refused: 1 field
  ${address}  it is an alias
`);
});

test('a long list is cut and counted', () => {
  const many = Array.from({ length: 30 }, (_, index) => shared(`base/${index}.yaml`, 'acme/production'));
  const shown = text({ shared: many });
  expect(shown.match(/base\//g)).toHaveLength(8);
  expect(shown).toContain('… and 22 more (-o json lists all)');
});

test('lines fit into 80 columns wherever a path leaves room', () => {
  const long = { ...about, subject: 'Promote 🚀 '.repeat(30) };
  const wide: Plan = {
    ...plan,
    services: plan.services.map((service) => ({
      ...service,
      fields: service.fields.map((field) => ({ ...field, before: 'é'.repeat(99), after: '漢'.repeat(99) })),
    })),
    shared: [
      shared('variables.yaml', ...Array.from({ length: 40 }, (_, index) => `tenant-${index}/production`)),
    ],
  };
  const lines = planText(ofPlan(wide), long, { style: styleFor(false), columns: 80 }).split('\n');
  expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
});

test('names from the repository cannot act on the terminal', () => {
  expect(text({ service: 'a\u001b[2Jb' })).not.toContain('\u001b');
});

test('an undo says which commit, and where it was narrowed down to', () => {
  expect(text({ kind: 'undo', tenant: undefined, environment: undefined, service: undefined })).toMatch(
    /^Undo\n {2}commit aaaaaaaa · 2h ago/,
  );
  expect(text({ kind: 'undo' })).toMatch(/^Undo in acme\/production api-gateway\n/);
});
