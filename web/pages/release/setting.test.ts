import { expect, test } from 'vitest';
import { fieldsOf, isComplete, readSettings, settingText } from './setting.ts';

test('settings come back from an address as they were, whatever signs they hold', () => {
  const settings = [
    { service: 'api-gateway', field: 'image.tag', value: 'v2.1.1' },
    { service: '', field: 'values.yaml#/a=b:c', value: '["x"]' },
    { service: 'web', field: 'values.FLAGS', value: undefined },
  ];
  expect(readSettings(settings.map(settingText))).toEqual(settings);
});

test('what is no setting is left out of an address', () => {
  expect(readSettings(['', 'image.tag=v2', '[]', '["web"]', '["web", 1]', '{"service":"web"}'])).toEqual([]);
});

test('a row without a name, or without a value, is not complete; one that takes a field away needs no value', () => {
  const row = { service: 'web', field: 'image.tag', value: 'v2' };
  expect(isComplete(row)).toBe(true);
  expect(isComplete({ ...row, field: ' ' })).toBe(false);
  expect(isComplete({ ...row, value: '' })).toBe(false);
  expect(isComplete({ ...row, value: undefined })).toBe(true);
});

test('a release gets the values as they were typed, and is told what goes', () => {
  expect(
    fieldsOf([
      { service: 'web', field: ' replicas ', value: '4' },
      { service: '', field: 'LEVEL', value: undefined },
    ]),
  ).toEqual([
    { service: 'web', field: 'replicas', text: '4' },
    { field: 'LEVEL', remove: true },
  ]);
});
