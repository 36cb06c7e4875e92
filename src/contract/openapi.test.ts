import { expect, test } from 'vitest';
import { operationIds, operationOf } from './operations.ts';
import { openApiDocument } from './openapi.ts';

interface Document {
  readonly paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

const document = openApiDocument({
  version: '1.2.3',
  server: 'https://hub.example.com',
}) as unknown as Document;

test('every operation and every alias of the table is in the document once', () => {
  const described = Object.values(document.paths)
    .flatMap((item) => Object.values(item))
    .map(({ operationId }) => operationId);
  const table = operationIds.flatMap((id) => [id, operationOf(id).alias?.id ?? []].flat());
  expect(described.length).toBe(table.length);
  expect(new Set(described)).toEqual(new Set(table));
});

test('every reference leads to a named component', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)];
  expect(references.length).toBeGreaterThan(50);
  const components = document.components as unknown as Record<string, Record<string, unknown>>;
  for (const [, kind = '', name = ''] of references) expect(components[kind]).toHaveProperty(name);
  expect(JSON.stringify(document)).not.toContain('$defs');
});

test('bodies say that they take no other keys; answers do not promise it', () => {
  expect(document.components.schemas['RollbackInput']).toMatchObject({
    additionalProperties: false,
    required: ['mode', 'tenant', 'environment'],
  });
  expect(document.components.schemas['Request']).not.toHaveProperty('additionalProperties');
});

test('public operations need no credential and every other one does', () => {
  for (const id of operationIds) {
    const { path, method, access } = operationOf(id);
    const described = document.paths[`/api/v2${path}`]?.[method.toLowerCase()];
    expect(described !== undefined && 'security' in described).toBe(access === 'public');
  }
});
