import { expect, test } from 'vitest';
import { serviceShape } from './file-shapes.ts';
import { jsonSchema } from './json-schema.ts';

test('a shape says to an editor what it says to the reader', () => {
  const schema = jsonSchema(serviceShape, { id: 'x', title: 'Service' });
  expect(schema).toMatchObject({
    $id: 'x',
    type: 'object',
    additionalProperties: false,
    required: ['apiVersion', 'kind', 'binding'],
    properties: {
      kind: { enum: ['Service'] },
      replicas: { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'string' }] },
      patches: { type: 'array' },
      binding: {
        oneOf: [
          { properties: { type: { enum: ['manifests'] } } },
          { properties: { type: { enum: ['kustomize'] } } },
          { properties: { type: { enum: ['helm'] } } },
        ],
      },
    },
  });
  const tag = new RegExp(
    (schema['properties'] as Record<string, Record<string, Record<string, { pattern: string }>>>)['image']![
      'properties'
    ]!['tag']!.pattern,
    'u',
  );
  expect([tag.test('v1.2'), tag.test('{{hq.var.TAG}}'), tag.test('a b')]).toEqual([true, true, false]);
});
