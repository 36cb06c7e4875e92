import { expect, test } from 'vitest';
import type { Plan } from './plan.ts';
import { changeText, summarizePlan } from './summarize-plan.ts';

const field = (
  name: string,
  before: Plan['services'][0]['fields'][0]['before'],
  after = before,
  secret = false,
) => ({
  file: 'tenants/acme/production/api/service.yaml',
  address: `x#/${name}`,
  field: name,
  before,
  after,
  secret,
});
const file = (path: string, change: 'added' | 'modified' | 'deleted' | 'mode' = 'modified') => ({
  path,
  change,
  before: undefined,
  after: undefined,
});
const plan = (services: Plan['services'], parts: Partial<Plan> = {}): Plan => ({
  kind: 'rollback',
  mode: 'full',
  tenant: 'acme',
  environment: 'production',
  service: undefined,
  base: 'b',
  target: 'a',
  edits: [],
  sources: [],
  services,
  shared: [],
  kept: [],
  hazards: [],
  refused: [],
  conflicts: [],
  impact: { services: 1, bindings: 0, variables: 0, fields: 1, files: 1 },
  ...parts,
});

test.each([
  [field('image.tag', 'v2.1.0', 'v2.0.9'), 'image.tag: v2.1.0 → v2.0.9'],
  [field('replicas', 5, 3), 'replicas: 5 → 3'],
  [field('on', true, false), 'on: true → false'],
  [{ ...field('a', 'x'), after: undefined }, 'a: x → (absent)'],
  [{ ...field('a', ''), before: undefined }, 'a: (absent) → ""'],
  [field('list', ['a', 1], []), 'list: ["a",1] → []'],
  [field('password', 'hunter2', 'hunter3', true), 'password: (secret)'],
  [field('text', 'two\nlines\u202e', 'x'), 'text: two lines → x'],
])('%#: %s', (changed, text) => {
  expect(changeText(changed)).toBe(text);
});

test('long values are cut, and no value of a secret gets into a summary', () => {
  expect(changeText(field('a', 'x'.repeat(100), 'y')).length).toBeLessThan(80);
  const summary = summarizePlan(
    plan([{ service: 'api', files: [], fields: [field('password', 'hunter2', 'hunter3', true)] }]),
  );
  expect(JSON.stringify(summary)).not.toContain('hunter');
});

test('a summary counts everything and lists the first changes, files without fields among them', () => {
  const fields = Array.from({ length: 30 }, (_, index) => field(`f${index}`, 1, 2));
  const files = [file('tenants/acme/production/api/service.yaml'), file('x/logo.png', 'added')];
  const summary = summarizePlan(
    plan(
      [
        { service: 'api', files, fields },
        { service: null, files: [file('a.yaml', 'deleted'), file('run.sh', 'mode')], fields: [] },
      ],
      {
        shared: [
          { path: 'base', change: 'modified', reaches: [], included: true },
          { path: 'other', change: 'modified', reaches: [], included: false },
        ],
        kept: [{ path: 'x', address: undefined, pattern: '*' }],
        hazards: [
          {
            code: 'link_or_submodule',
            message: 'x',
            blocking: false,
            paths: Array.from({ length: 99 }, String),
          },
        ],
      },
    ),
  );
  expect(summary).toMatchObject({ shared: { changed: 2, included: 1 }, kept: 1 });
  expect(summary.services[0]).toMatchObject({ service: 'api', files: 2, fields: 30 });
  expect(summary.services[0]?.changes).toHaveLength(20);
  expect(summary.services[1]?.changes).toEqual(['a.yaml: deleted', 'run.sh: mode changed']);
  expect(summary.hazards[0]?.paths).toHaveLength(20);
  const one = summarizePlan(plan([{ service: 'api', files, fields: [field('image.tag', 'a', 'b')] }]));
  expect(one.services[0]?.changes).toEqual(['image.tag: a → b', 'x/logo.png: brought back']);
});
