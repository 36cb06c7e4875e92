import { z } from 'zod';
import { id, line, slug, timestamp } from './primitives.ts';

const url = z
  .string()
  .max(2_000)
  .regex(/^https?:\/\/\S+$/, 'must be an http or https address');
const events = z
  .array(
    z
      .string()
      .max(100)
      .regex(/^(\*|[a-z_]+\.(\*|[a-z_]+))$/, 'must look like request.completed or request.*'),
  )
  .min(1)
  .max(50);

export const webhook = z
  .object({
    id: z.string(),
    name: z.string(),
    project: z.string().nullable().describe('null: every project.'),
    url: z.string(),
    events: z.array(z.string()),
    enabled: z.boolean(),
    createdAt: timestamp,
    lastDelivery: z.object({ at: timestamp, status: z.int().nullable(), ok: z.boolean() }).nullable(),
  })
  .meta({ id: 'Webhook' });

export const webhookInput = z
  .strictObject({
    name: line(100),
    project: slug.nullable(),
    url,
    events,
    enabled: z.boolean().optional(),
  })
  .meta({
    id: 'WebhookInput',
    examples: [
      {
        name: 'incident channel',
        project: 'shop',
        url: 'https://hooks.example.com/1',
        events: ['request.*'],
      },
    ],
  });

export const webhookChange = z
  .strictObject({
    name: line(100).optional(),
    url: url.optional(),
    events: events.optional(),
    enabled: z.boolean().optional(),
    rotateSecret: z.literal(true).optional(),
  })
  .meta({ id: 'WebhookChange' });

/** The secret signs each delivery. It is shown when it is made and never again. */
export const webhookWithSecret = z
  .object({ webhook, secret: z.string().nullable() })
  .meta({ id: 'WebhookWithSecret' });

export const delivery = z
  .object({
    id: z.string(),
    event: z.string(),
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.array(
      z.object({
        at: timestamp,
        status: z.int().nullable(),
        error: z.string().nullable(),
        answer: z.string().describe('The beginning of what the receiver said.'),
        milliseconds: z.int(),
      }),
    ),
    nextAttemptAt: timestamp.nullable(),
    createdAt: timestamp,
  })
  .meta({ id: 'Delivery' });

export const idParams = z.object({ id });
