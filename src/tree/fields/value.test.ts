import { expect, test } from 'vitest';
import { readText } from './field-text.ts';
import { createInterner } from './node-builder.ts';
import { valueOf } from './value.ts';

test('a value is what JSON would have', () => {
  const read = readText(
    'a: &x [1, "1", ~, true, 1.0]\nb: *x\n__proto__: {c: |\n    t\n  }\n'.replace('|\n    t\n  ', '"t"'),
    createInterner(),
  );
  const node = read.kind === 'read' ? read.read.documents[0]?.root.node : undefined;
  expect(JSON.stringify(node && valueOf(node))).toBe(
    '{"a":[1,"1",null,true,"1.0"],"b":[1,"1",null,true,"1.0"],"__proto__":{"c":"t"}}',
  );
});
