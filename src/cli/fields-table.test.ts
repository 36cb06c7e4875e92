import { expect, test } from 'vitest';
import { widthOf } from './table.ts';
import { fieldsTable } from './fields-table.ts';

const field = {
  service: 'api-gateway',
  file: 'a.yaml',
  address: 'a.yaml#/image/tag',
  field: 'image.tag',
  before: 'v2.1.0',
  after: 'v2.0.9',
  secret: false,
  commit: 'c'.repeat(40),
  subject: 'Release 2026-11-20 to acme/production with a long explanation',
};
const view = { wide: false, columns: undefined, ofService: false };

test('fields of several services say which service each is of', () => {
  expect(fieldsTable([field], view)).toBe(`SERVICE      FIELD      NOW     THEN    COMMIT    CHANGED BY
api-gateway  image.tag  v2.1.0  v2.0.9  cccccccc  ${field.subject}
`);
  expect(fieldsTable([field], { ...view, ofService: true })).toMatch(/^FIELD +NOW/);
});

test('a field whose commit was not found, or that is outside of a service, has a dash', () => {
  const line = fieldsTable([{ ...field, service: null, commit: undefined, subject: undefined }], view);
  expect(line.split('\n')[1]).toBe('-        image.tag  v2.1.0  v2.0.9  -');
});

test('each row fits the terminal; wide gives the whole address instead', () => {
  const long = { ...field, before: 'x'.repeat(200), after: 'y'.repeat(200) };
  const lines = fieldsTable([long], { ...view, columns: 80 }).split('\n');
  expect(lines.map(widthOf).filter((width) => width > 80)).toEqual([]);
  expect(fieldsTable([long], { ...view, wide: true, columns: 80 })).toContain('a.yaml#/image/tag');
});
