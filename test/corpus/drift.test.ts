import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { FieldDrift, KubeObject, ObjectDrift } from '../../src/domain/drift/drift.ts';
import { findDrift } from '../../src/domain/drift/find-drift.ts';

type Part = Readonly<Record<string, unknown>>;

interface Item {
  readonly name: string;
  readonly kind?: string;
  readonly in?: 'pod' | 'container';
  readonly wanted: Part | null;
  readonly live: Part | null;
  readonly owns?: Part;
  readonly held?: Part;
  readonly others?: readonly Part[];
  readonly autoscaled?: boolean;
  readonly ignored?: readonly string[];
  readonly finds?: 'missing' | 'extra' | readonly string[];
}

const items = parse(readFileSync(join(import.meta.dirname, 'drift.yaml'), 'utf8')) as readonly Item[];

const places: Record<
  'object' | NonNullable<Item['in']>,
  readonly [string, (value: Part) => Part, (set: Part) => Part]
> = {
  object: ['', (value) => value, (set) => set],
  pod: [
    '/spec/template/spec',
    (value) => ({ spec: { template: { spec: value } } }),
    (set) => ({ 'f:spec': { 'f:template': { 'f:spec': set } } }),
  ],
  container: [
    '/spec/template/spec/containers/[name=app]',
    (value) => ({ spec: { template: { spec: { containers: [{ name: 'app', ...value }] } } } }),
    (set) => ({ 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"app"}': set } } } } }),
  ],
};

const manager = 'knowngood-drift';
const owner = 'argocd-controller';

function objectOf(item: Item, value: Part | null, entries: readonly unknown[]): KubeObject | undefined {
  if (value === null) return undefined;
  const [, wrap] = places[item.in ?? 'object'];
  const whole = wrap(value);
  const metadata = { name: 'web', namespace: 'shop', ...(whole['metadata'] as Part), managedFields: entries };
  return { apiVersion: 'v1', kind: item.kind ?? 'Deployment', ...whole, metadata } as unknown as KubeObject;
}

function driftOf(item: Item): ObjectDrift | undefined {
  const [, , wrap] = places[item.in ?? 'object'];
  // An empty set inside others would mean that all of it is owned.
  const own = (set: Part): Part => (Object.keys(set).length === 0 ? {} : wrap(set));
  const { owns = {}, held = owns, others = [], autoscaled = false, ignored = [] } = item;
  const applied = [{ manager, operation: 'Apply', fieldsV1: own(owns) }];
  const live = [{ manager: owner, operation: 'Update', fieldsV1: own(held) }, ...others];
  return findDrift({
    live: objectOf(item, item.live, live),
    applied: objectOf(item, item.wanted, applied),
    manager,
    owners: [owner],
    autoscaled,
    ignored,
  });
}

const shown = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));
const line = ({ address, wanted, live, secret }: FieldDrift): string =>
  `${address}: ${secret ? 'secret' : `${shown(wanted)} → ${shown(live)}`}`;

test('there are as many cases as we say, each with a name of its own', () => {
  expect(new Set(items.map(({ name }) => name)).size).toBe(items.length);
  expect(items.length).toBeGreaterThanOrEqual(60);
});

test.each(items)('$name', (item) => {
  const { finds = [] } = item;
  const drift = driftOf(item);
  const found = drift?.what === 'changed' ? drift.fields.map(line) : (drift?.what ?? []);
  const [prefix] = places[item.in ?? 'object'];
  expect(found).toEqual(typeof finds === 'string' ? finds : finds.map((find) => `#${prefix}${find}`));
});
