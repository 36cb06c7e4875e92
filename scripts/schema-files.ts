import { environmentShape, serviceShape } from '../src/delivery/file-shapes.ts';
import { jsonSchema } from '../src/delivery/json-schema.ts';

const page = (schema: unknown): string => `${JSON.stringify(schema, undefined, 2)}\n`;

/** The JSON Schemas that editors check people's files with, by their paths below docs. */
export const schemaFiles = (): ReadonlyMap<string, string> =>
  new Map([
    [
      'schema/service.schema.json',
      page(
        jsonSchema(serviceShape, {
          id: 'https://knowngood.dev/schema/v1/service.schema.json',
          title: 'service.yaml',
        }),
      ),
    ],
    [
      'schema/environment.schema.json',
      page(
        jsonSchema(environmentShape, {
          id: 'https://knowngood.dev/schema/v1/environment.schema.json',
          title: 'environment.yaml',
        }),
      ),
    ],
  ]);
