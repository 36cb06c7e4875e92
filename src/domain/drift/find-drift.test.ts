import { expect, test } from 'vitest';
import type { DriftQuestion } from './drift.ts';
import { findDrift } from './find-drift.ts';

// The table of cases is test/corpus/drift.yaml; here is what holds of every case.
const entry = (manager: string, operation: string) => ({
  manager,
  operation,
  fieldsV1: { 'f:spec': { '.': {}, 'f:a': {}, 'f:b': { '.': {}, 'f:c': {} } } },
});
const object = (spec: object | undefined, ...managedFields: object[]) =>
  ({ kind: 'Thing', metadata: { name: 'x', managedFields }, ...(spec ? { spec } : {}) }) as NonNullable<
    DriftQuestion['live']
  >;
const ask = (wanted: object, live: object | undefined, parts: Partial<DriftQuestion> = {}) =>
  findDrift({
    live: object(live, entry('owner', 'Update')),
    applied: object(wanted, entry('us', 'Apply')),
    manager: 'us',
    owners: ['owner'],
    autoscaled: false,
    ignored: [],
    ...parts,
  });

test('what holds other fields is reported once, and not each of them', () => {
  const whole = { a: 1, b: { c: 2 } };
  expect(ask(whole, undefined)).toEqual({
    what: 'changed',
    fields: [{ address: '#/spec', wanted: whole, live: undefined, secret: false }],
  });
  expect(ask(whole, { a: 2 })).toMatchObject({ fields: [{ address: '#/spec/a' }, { address: '#/spec/b' }] });
});

test('what holds a secret is one, on whichever side it is, and also in a copy of the object', () => {
  const env = [{ name: 'DB_PASSWORD', value: 'hunter2' }];
  const secrets = (...sides: readonly [wanted: object, live: object | undefined]) => {
    const drift = ask(...sides);
    return drift?.what === 'changed' ? drift.fields.map(({ secret }) => secret) : [];
  };
  expect(secrets({ a: 1, b: { c: 2, sidecar: { env } } }, { a: 1 })).toEqual([true]);
  expect(secrets({ a: 1 }, { a: 1, b: { c: 2, data: { apiKey: 'k1' } } })).toEqual([true]);
  const note = { 'kubectl.kubernetes.io/last-applied-configuration': '{"password":"hunter2"}' };
  expect(secrets({ a: 1 }, { a: 1, b: { c: 2, annotations: note } })).toEqual([true]);
  expect(secrets({ a: 1, b: { c: 2, env: [{ name: 'LEVEL', value: 'info' }] } }, { a: 1 })).toEqual([false]);
});

test('an entry of another manager, of another operation or for a part of the object says nothing about us', () => {
  const [wanted, live] = [{ a: 1 }, { a: 2 }];
  const applied = (manager: string, operation: string) => object(wanted, entry(manager, operation));
  const bare = { live: object(live) };
  expect(ask(wanted, live, { ...bare, applied: applied('us', 'Apply') })).toBeDefined();
  expect(ask(wanted, live, { ...bare, applied: applied('us', 'Update') })).toBeUndefined();
  expect(ask(wanted, live, { ...bare, applied: applied('they', 'Apply') })).toBeUndefined();
  const part = { ...entry('owner', 'Update'), subresource: 'status' };
  expect(ask(wanted, live, { applied: object(wanted), live: object(live, part) })).toBeUndefined();
});

test('what was wanted until now and is wanted no more differs, unless it is gone already', () => {
  const [wanted, live] = [{ a: 1 }, { a: 1, b: { c: 2 } }];
  const only = { manager: 'us', operation: 'Apply', fieldsV1: { 'f:spec': { 'f:a': {} } } };
  const applied = object(live, only);
  const before = { object: object(live, entry('us', 'Apply')), manager: 'us' };
  expect(ask(wanted, live, { applied })).toBeUndefined();
  expect(ask(wanted, live, { applied, before })).toEqual({
    what: 'changed',
    fields: [{ address: '#/spec/b', wanted: undefined, live: { c: 2 }, secret: false }],
  });
  expect(ask(wanted, { a: 1 }, { applied: object(wanted, only), before })).toBeUndefined();
});
