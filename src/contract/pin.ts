import { z } from 'zod';
import { timestamp } from './primitives.ts';

/** A field that a rollback holds at what a shared file said. */
export const pin = z
  .object({
    tenant: z.string(),
    environment: z.string(),
    service: z.string(),
    file: z.string(),
    line: z.int(),
    name: z.string().meta({ examples: ['LOG_LEVEL'] }),
    address: z.string().describe('Of what goes away with the pin, with its file: how a release names it.'),
    value: z.unknown(),
    target: z.string().describe('The revision that was rolled back to, in short.'),
    shared: z.string().describe('The shared file that said so at that revision.'),
    sharedNow: z.unknown().describe('What it says now; null when it says nothing of it.'),
    since: z
      .object({ commit: z.string(), at: timestamp })
      .nullable()
      .describe('The commit that brought the pin, where it was looked up.'),
  })
  .meta({ id: 'Pin' });
