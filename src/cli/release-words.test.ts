import { expect, test } from 'vitest';
import { readField, readFile, readSetting } from './release-words.ts';

test.each([
  ['api-gateway:image.tag=v2.1.1', { service: 'api-gateway', field: 'image.tag', text: 'v2.1.1' }],
  ['web:env[name=A].value=x=y:z', { service: 'web', field: 'env[name=A].value', text: 'x=y:z' }],
  ['web:values.EMPTY=', { service: 'web', field: 'values.EMPTY', text: '' }],
  ['web:values.yaml#/a/b=1', { service: 'web', field: 'values.yaml#/a/b', text: '1' }],
  ['namespace=acme', { service: undefined, field: 'namespace', text: 'acme' }],
  ['web:values["a:b"]=😀', { service: 'web', field: 'values["a:b"]', text: '😀' }],
])('%s is read', (typed, setting) => {
  expect(readSetting(typed)).toEqual(setting);
});

test('a field and a file are read, and what cannot be is refused with its form', () => {
  expect(readField('web:replicas')).toEqual({ service: 'web', field: 'replicas' });
  expect(readFile('a/b.yaml=./c=d')).toEqual({ path: 'a/b.yaml', from: './c=d' });
  expect(() => readSetting('image.tag')).toThrow('SERVICE:FIELD=VALUE');
  expect(() => readField('web:')).toThrow('SERVICE:FIELD');
  expect(() => readFile('a.yaml')).toThrow('PATH=LOCALFILE');
});
