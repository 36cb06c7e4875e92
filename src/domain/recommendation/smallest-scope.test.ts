import { expect, test } from 'vitest';
import type { PlannedField, PlannedFile, ServiceChange } from '../plan/plan.ts';
import { smallestScope } from './smallest-scope.ts';

const file = (path: string): PlannedFile => ({
  path,
  change: 'modified',
  before: undefined,
  after: undefined,
});
const field = (path: string, name: string): PlannedField => ({
  file: path,
  address: `${path}#/${name}`,
  field: name,
  before: 2,
  after: 1,
  secret: false,
});
const change = (service: string | null, names: readonly string[], files = ['f']): ServiceChange => ({
  service,
  files: files.map(file),
  fields: names.map((name) => field(files[0] ?? '', name)),
});

test('a few fields of one service are enough', () => {
  expect(smallestScope({ services: [change('web', ['image.tag', 'replicas'])] })).toEqual({
    mode: 'field',
    service: 'web',
    fields: [
      { field: 'image.tag', address: 'f#/image.tag' },
      { field: 'replicas', address: 'f#/replicas' },
    ],
  });
});

test('many fields, or a file that is no fields, take the service', () => {
  const service = { mode: 'service', service: 'web', fields: [] };
  expect(smallestScope({ services: [change('web', ['a', 'b', 'c', 'd', 'e', 'g'])] })).toEqual(service);
  expect(smallestScope({ services: [change('web', ['a'], ['f', 'opaque.bin'])] })).toEqual(service);
});

test('several services, or what belongs to none, take everything', () => {
  const full = { mode: 'full', service: undefined, fields: [] };
  expect(smallestScope({ services: [change('web', ['a']), change('api', ['a'])] })).toEqual(full);
  expect(smallestScope({ services: [change(null, ['a'])] })).toEqual(full);
});

test('where nothing changed there is nothing to recommend', () => {
  expect(smallestScope({ services: [] })).toBeUndefined();
});
