import { expect, test } from 'vitest';
import { findField } from './find-field.ts';

const service = { path: 't/api/service.yaml', text: 'image:\n  tag: v1\nenv:\n  - name: A\n    value: 1\n' };
const values = { path: 't/api/values.yaml', text: 'image:\n  tag: v2\nlevel: info\n' };
const object = (name: string): string => `kind: Job\nmetadata:\n  name: ${name}\nspec:\n  x: 1\n`;
const objects = { path: 't/api/jobs.yaml', text: `${object('a')}---\n${object('b')}` };
const note = { path: 't/api/NOTES', text: 'read me\n' };

const find = (typed: string, files = [service, note]): string => {
  try {
    const { path, address } = findField(typed, files, 'acme/production api');
    return `${path}${address}`;
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

test.each([
  ['image.tag', `${service.path}#/image/tag`],
  ['tag', `${service.path}#/image/tag`],
  ['image', `${service.path}#/image`],
  ['env[A].value', `${service.path}#/env/[name=A]/value`],
  ['service.yaml#/image/tag', `${service.path}#/image/tag`],
  [`${service.path}#/env`, `${service.path}#/env`],
  // What is not there yet has a place where its mapping is.
  ['image.digest', `${service.path}#/image/digest`],
  ['replicas', `${service.path}#/replicas`],
  ['env[A]["x.y"]', `${service.path}#/env/[name=A]/x.y`],
  ['service.yaml#/a~1b', `${service.path}#/a~1b`],
])('%s is %s', (typed, address) => {
  expect(find(typed)).toBe(address);
});

test('a field of two files has to be named with its file', () => {
  const both = [service, values];
  expect(find('image.tag', both)).toContain(`${service.path}#/image/tag, ${values.path}#/image/tag`);
  expect(find('values.yaml#/image/tag', both)).toBe(`${values.path}#/image/tag`);
  expect(find('level', both)).toBe(`${values.path}#/level`);
  expect(find('replicas', [values, objects])).toContain('to add it, name its file');
  expect(find('values.yaml#/replicas', [values, objects])).toBe(`${values.path}#/replicas`);
});

test('a field of several objects in one file has to be named with its object', () => {
  expect(find('spec.x', [objects])).toContain('is ambiguous');
  expect(find('jobs.yaml@Job/b#/spec/x', [objects])).toBe(`${objects.path}@Job/b#/spec/x`);
  // A number tells the object, too; its address is the one with its name.
  expect(find('jobs.yaml@1#/spec/x', [objects])).toBe(`${objects.path}@Job/b#/spec/x`);
  expect(find('jobs.yaml@1#/spec/y', [objects])).toBe(`${objects.path}@Job/b#/spec/y`);
  expect(find('jobs.yaml@2#/spec/x', [objects])).toContain('neither it nor the mapping');
  expect(find('jobs.yaml@Job/b#/spec/y', [objects])).toBe(`${objects.path}@Job/b#/spec/y`);
});

test('a file that has no fields says why', () => {
  expect(find('NOTES#/x')).toContain('the file is plain text, not fields; send the whole file t/api/NOTES');
});
