import type { FieldValue } from '../tree/fields/change.ts';
import type { MappingShape, Shape } from './shape.ts';

type Schema = Readonly<Record<string, FieldValue>>;

/** A number may come from a variable. */
const placeholder: Schema = { type: 'string', pattern: String.raw`^\{\{\s*hq\.var\.[A-Za-z0-9_.-]+\s*\}\}$` };

/** The JSON Schema (draft 7, which editors read best) of a shape. */
export function jsonSchema(shape: Shape, about: { readonly id: string; readonly title: string }): Schema {
  const head = { $schema: 'http://json-schema.org/draft-07/schema#', $id: about.id, title: about.title };
  return { ...head, ...schemaOf(shape) };
}

function schemaOf(shape: Shape): Schema {
  const { about: description } = shape;
  switch (shape.kind) {
    case 'text':
      return {
        description,
        type: shape.only ? 'string' : ['string', 'number'],
        ...(shape.only ? { enum: shape.only } : {}),
        ...(shape.pattern === undefined ? {} : { pattern: `${shape.pattern}|\\{\\{` }),
      };
    case 'integer':
      return {
        description,
        anyOf: [{ type: 'integer', minimum: shape.least, maximum: shape.most }, placeholder],
      };
    case 'list':
      return { description, type: 'array', items: schemaOf(shape.items) };
    case 'free':
      return { description, type: 'object' };
    case 'choice':
      return {
        description,
        type: 'object',
        required: [shape.by],
        oneOf: Object.values(shape.of).map(schemaOf),
      };
    default:
      return mappingSchema(shape);
  }
}

const mappingSchema = ({ about, keys, required }: MappingShape): Schema => ({
  description: about,
  type: 'object',
  properties: Object.fromEntries(Object.entries(keys).map(([key, shape]) => [key, schemaOf(shape)])),
  required,
  additionalProperties: false,
});
