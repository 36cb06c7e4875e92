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
    lifted: z.object({ at: timestamp, by: personRef, reason: z.string() }).nullable(),
  })
  .meta({ id: 'Hold' });

export const holdLift = z
  .strictObject({ reason: limited('comment').nullish() })
  .meta({ id: 'HoldLift', examples: [{ reason: 'v2.1.0 was rebuilt with the fix' }] });
