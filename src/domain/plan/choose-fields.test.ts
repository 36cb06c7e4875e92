import { expect, test } from 'vitest';
import { rollBack } from '../../../test/kit/plans.ts';

const file = 'tenants/acme/production/api/service.yaml';
const values = 'tenants/acme/production/api/values.yaml';
const now = { [file]: 'image:\n  tag: v2 # keep me\nreplicas: 5\n', [values]: 'image:\n  tag: v2\n' };
const past = { [file]: 'image:\n  tag: v1\nreplicas: 3\n', [values]: 'image:\n  tag: v1\n' };
const choose = (...fields: string[]) => rollBack({ now, past, service: 'api', fields });

test('a full address names one field of one file', () => {
  const { files } = choose(`${file}#/image/tag`);
  expect(files).toEqual({ ...now, [file]: 'image:\n  tag: v1 # keep me\nreplicas: 5\n' });
});

test('the end of a path is enough to name the file', () => {
  expect(choose('values.yaml#/image/tag').files[values]).toBe(past[values]);
});

test('a short form must be unique in the service', () => {
  expect(() => choose('image.tag')).toThrow(`field image.tag is ambiguous; give one of: `);
  expect(choose('replicas').files[file]).toBe('image:\n  tag: v2 # keep me\nreplicas: 3\n');
});

test('a document may be named by its number, and is told by its name', () => {
  const two = (tag: string) => ({
    [file]: `kind: A\nmetadata: { name: a }\ntag: ${tag}\n---\nkind: B\nmetadata: { name: b }\ntag: ${tag}\n`,
  });
  const { plan, files } = rollBack({
    now: two('v2'),
    past: two('v1'),
    service: 'api',
    fields: ['service.yaml@1#/tag'],
  });
  expect(files[file]).toBe(two('v2')[file].replace(/v2\n$/, 'v1\n'));
  const fields = plan.services.flatMap((service) => service.fields);
  expect(fields.map(({ address }) => address)).toEqual([`${file}@B/b#/tag`]);
});

test('the same field named twice is one field', () => {
  expect(choose('replicas', `${file}#/replicas`).plan.impact.fields).toBe(1);
});

test.each([
  [[], 'selected fields cannot be empty for field mode'],
  [['replica'], 'field replica does not differ between aaaaaaaa and now'],
  [['x'.repeat(5000)], 'is not a field address: too long'],
])('a bad selection is refused: %#', (fields, message) => {
  expect(() => choose(...fields)).toThrow(message);
});

test.each(['link#/x', 'link'])('a link cannot be chosen: %s', (field) => {
  const link = 'tenants/acme/production/api/link';
  expect(() =>
    rollBack({
      now: { ...now, [link]: { text: 'a', mode: '120000' } },
      past: { ...past, [link]: { text: 'b', mode: '120000' } },
      service: 'api',
      fields: [field],
    }),
  ).toThrow('link is a symbolic link or submodule; it can only be restored whole');
});

test('a file that is not there on one side can only be restored whole', () => {
  const added = 'tenants/acme/production/api/added.yaml';
  expect(() =>
    rollBack({ now: { ...now, [added]: 'a: 1\n' }, past, service: 'api', fields: ['added.yaml#/a'] }),
  ).toThrow('can only be restored whole, in service or full mode: the file does not exist at the target');
});

test('the end of a key path and a container above several fields are enough', () => {
  const nested = { [file]: 'image:\n  tag: v2\n  digest: b\n' };
  const before = { [file]: 'image:\n  tag: v1\n  digest: a\n' };
  expect(rollBack({ now: nested, past: before, service: 'api', fields: ['digest'] }).files[file]).toBe(
    'image:\n  tag: v2\n  digest: a\n',
  );
  expect(rollBack({ now: nested, past: before, service: 'api', fields: ['image'] }).files).toEqual(before);
});

test('a full address in a file of several documents names the document', () => {
  const two = (tag: string) => ({
    [file]: `kind: A\nmetadata: { name: x }\ntag: ${tag}\n---\nkind: B\nmetadata: { name: x }\ntag: ${tag}\n`,
  });
  const { files } = rollBack({ now: two('2'), past: two('1'), service: 'api', fields: [`${file}@B/x#/tag`] });
  expect(files[file]?.match(/tag: \d/g)).toEqual(['tag: 2', 'tag: 1']);
});
