import { z } from 'zod';
import { limited, personRef, timestamp } from './primitives.ts';

/** A value that a rollback took away and that may not come back. */
export const hold = z
  .object({
    id: z.string(),
    project: z.string(),
    tenant: z.string(),
    environment: z.string(),
    service: z.string().nullable(),
    file: z.string(),
    field: z.string().meta({ examples: ['image.tag'] }),
    value: z.unknown().describe('What may not come back.'),
    requestId: z.string().describe('The rollback that took it away.'),
    commit: z.string(),
    state: z.enum(['in_force', 'lifted', 'expired']),
    setAt: timestamp,
    expiresAt: timestamp,
    returned: z
      .object({
        at: timestamp,
        commit: z.string(),
        author: z.string(),
        bot: z.string().nullable().describe('The bot that wrote the commit for the author.'),
        recipe: z
          .object({ bot: z.string(), where: z.string(), lines: z.array(z.string()) })
          .nullable()
          .describe('How to keep that bot from it, where it is one that we know.'),
      })
      .nullable()
      .describe('Who brought the value back past the server, while it is there.'),
    lifted: z.object({ at: timestamp, by: personRef, reason: z.string() }).nullable(),
  })
  .meta({ id: 'Hold' });

export const holdReapply = z
  .strictObject({ justification: limited('justification').nullish() })
  .meta({ id: 'HoldReapply' });

export const holdLift = z
  .strictObject({ reason: limited('comment').nullish() })
  .meta({ id: 'HoldLift', examples: [{ reason: 'v2.1.0 was rebuilt with the fix' }] });
