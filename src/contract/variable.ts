import { z } from 'zod';

const set = {
  value: z
    .string()
    .nullable()
    .describe('As it stands in a text, a number as it was written; null for a secret.')
    .meta({ examples: ['info'] }),
  type: z.enum(['string', 'number', 'boolean', 'secret']),
  secretRef: z
    .object({ name: z.string(), key: z.string() })
    .nullable()
    .describe('The Kubernetes Secret that has the value, and its key there.'),
  scope: z.enum(['service', 'tenant', 'environment', 'repository']),
  file: z.string().describe('Where it is set.'),
  line: z.int(),
};

/** What a variable is for one service, placeholders in it filled, and where that comes from. */
export const variable = z
  .object({
    service: z.string(),
    key: z.string().meta({ examples: ['LOG_LEVEL'] }),
    ...set,
    overrides: z
      .array(z.object(set))
      .describe('What farther scopes say, nearest first, as it is written there.'),
  })
  .meta({ id: 'Variable' });
