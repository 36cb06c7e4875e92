import { z } from 'zod';
import { plans } from '../domain/policy/features.ts';

/** What this server is and what its plan allows. */
export const version = z
  .object({ name: z.literal('knowngood'), version: z.string(), api: z.literal('v2') })
  .meta({ id: 'Version' });

export const planName = z.enum(plans);

export const features = z
  .object({
    plan: planName,
    flags: z.object({
      basic_rollback: z.boolean(),
      rollback: z.boolean(),
      selective_rollback: z.boolean(),
      rollback_approval: z.boolean(),
    }),
    modes: z.array(z.enum(['full', 'service', 'field'])),
  })
  .meta({ id: 'Features' });

export const planChange = z.strictObject({ plan: planName }).meta({ id: 'PlanChange' });

/** One event of the stream: `data` of a server-sent event. It says what changed; ask for the new state. */
export const hubEvent = z
  .object({
    type: z.string().meta({ examples: ['request.completed'] }),
    at: z.iso.datetime(),
    project: z.string().nullable(),
    object: z.object({ type: z.string(), id: z.string() }),
    requestId: z.string().nullable(),
    state: z.string().nullable(),
  })
  .meta({ id: 'Event' });
export type HubEvent = z.infer<typeof hubEvent>;
