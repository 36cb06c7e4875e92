import { z } from 'zod';
import { errorBody } from './error.ts';
import { apiPrefix } from './operation.ts';
import type { Answer, Operation } from './operation.ts';
import { operationIds, operationOf } from './operations.ts';

type JsonObject = Record<string, unknown>;

/** Turns schemas into JSON Schema and gathers those that have a name. */
interface Components {
  readonly schemas: JsonObject;
  /** The schema itself or a reference to it; `io` says which side of the wire it is on. */
  readonly add: (schema: z.ZodType, io: 'input' | 'output') => JsonObject;
}

function makeComponents(): Components {
  const schemas: JsonObject = {};
  const keep = (name: string, { ...schema }: JsonObject): void => {
    delete schema['id'];
    const known = schemas[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`invariant broken: two schemas have the name ${name}`);
    schemas[name] = schema;
  };
  const add = (schema: z.ZodType, io: 'input' | 'output'): JsonObject => {
    const { $schema: _, $defs = {}, ...own } = referring(z.toJSONSchema(schema, { io, override }));
    for (const [name, named] of Object.entries($defs as JsonObject)) keep(name, named as JsonObject);
    return own;
  };
  return { schemas, add };
}

/** A pattern of 200 characters for a date helps nobody, and answers may get more keys in time. */
const override = (context: { readonly jsonSchema: JsonObject; readonly zodSchema: unknown }): void => {
  const { jsonSchema } = context;
  if (jsonSchema['format'] === 'date-time') delete jsonSchema['pattern'];
  const strict =
    (context.zodSchema as { _zod: { def: { catchall?: unknown } } })._zod.def.catchall !== undefined;
  if (jsonSchema['additionalProperties'] === false && !strict) delete jsonSchema['additionalProperties'];
};

const referring = (value: JsonObject): JsonObject =>
  JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonObject;

const parameters = (
  components: Components,
  schema: z.ZodObject | undefined,
  place: 'path' | 'query',
): JsonObject[] =>
  Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const optional = (field as z.ZodType).safeParse(undefined).success;
    return {
      name,
      in: place,
      required: place === 'path' || !optional,
      schema: components.add(field as z.ZodType, 'input'),
    };
  });

function success(components: Components, answer: Answer): JsonObject {
  switch (answer.kind) {
    case 'json':
      return {
        description: answer.secret ? 'Done; holds a secret that is shown once.' : 'Done.',
        content: { 'application/json': { schema: components.add(answer.schema, 'output') } },
      };
    case 'text':
      return {
        description: 'Done.',
        content: Object.fromEntries(answer.types.map((type) => [type, { schema: { type: 'string' } }])),
      };
    case 'events':
      return {
        description: 'A stream of server-sent events; `data` of each is an Event.',
        content: { 'text/event-stream': { schema: components.add(answer.schema, 'output') } },
      };
    case 'none':
      return { description: 'Done; no content.' };
    case 'redirect':
      return { description: 'Go on there.', headers: { Location: { schema: { type: 'string' } } } };
    default:
      return answer satisfies never;
  }
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same request gives the first answer again instead of doing it twice.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function operationObject(components: Components, id: string, operation: Operation): JsonObject {
  const { method, body, answer, access } = operation;
  const all = [
    ...parameters(components, operation.params, 'path'),
    ...parameters(components, operation.query, 'query'),
    ...(method === 'POST' && access !== 'public' ? [idempotencyKey] : []),
  ];
  return {
    operationId: id,
    summary: operation.summary,
    tags: [operation.path.split('/').find((part) => part !== '' && !part.startsWith('{')) ?? 'api'],
    ...(access === 'public' ? { security: [] } : {}),
    'x-right': access,
    'x-refusals': operation.refusals,
    ...(all.length > 0 ? { parameters: all } : {}),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: !body.safeParse({}).success,
            content: { 'application/json': { schema: components.add(body, 'input') } },
          },
        }),
    responses: {
      [String(answer.status)]: success(components, answer),
      default: { $ref: '#/components/responses/Error' },
    },
  };
}

/** The OpenAPI 3.1 document of the whole interface. `server` is its public address. */
export function openApiDocument(options: { readonly version: string; readonly server: string }): JsonObject {
  const components = makeComponents();
  const paths: Record<string, JsonObject> = {};
  const put = (path: string, id: string, operation: Operation): void => {
    const item = (paths[`${apiPrefix}${path}`] ??= {});
    item[operation.method.toLowerCase()] = operationObject(components, id, operation);
  };
  for (const id of operationIds) {
    const operation = operationOf(id);
    put(operation.path, id, operation);
    if (operation.alias) put(operation.alias.path, operation.alias.id, operation);
  }
  const error = components.add(errorBody, 'output');
  return {
    openapi: '3.1.0',
    info: {
      title: 'Knowngood',
      version: options.version,
      description: 'Roll a GitOps deployment back to a known-good state.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: options.server }],
    security: [{ session: [] }, { bearer: [] }, { basic: [] }],
    paths,
    components: {
      schemas: components.schemas,
      responses: {
        Error: {
          description: 'Refused or failed: the code says why, the message says it to a person.',
          content: { 'application/json': { schema: error } },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-knowngood' },
        bearer: { type: 'http', scheme: 'bearer', description: 'A token.' },
        basic: { type: 'http', scheme: 'basic', description: 'Any user name, a token as the password.' },
      },
    },
  };
}
