import { z } from 'zod';
import { limited, personRef, timestamp } from './primitives.ts';

/** A time in which one person may act in one project without waiting for approvals. */
export const breakGlassSession = z
  .object({
    id: z.string(),
    project: z.string(),
    by: personRef,
    justification: z
      .string()
      .describe('Empty, as the comment of its review, for those who know only other places of the project.'),
    state: z.enum(['open', 'expired', 'revoked', 'reviewed']),
    openedAt: timestamp,
    expiresAt: timestamp,
    revokedAt: timestamp.nullable(),
    revokedBy: personRef.nullable(),
    requestIds: z
      .array(z.string())
      .describe('Requests whose approval it bypassed, as far as the reader can open them.'),
    review: z.object({ by: personRef, comment: z.string(), at: timestamp }).nullable(),
  })
  .meta({ id: 'BreakGlassSession' });

export const breakGlassInput = z
  .strictObject({
    justification: limited('justification').nullish(),
    minutes: z.int().optional().describe('At most what the policy allows; that much when left out.'),
  })
  .meta({
    id: 'BreakGlassInput',
    examples: [{ justification: 'Checkout is down, nobody of the approvers answers', minutes: 30 }],
  });

export const breakGlassReviewInput = z
  .strictObject({ comment: limited('comment').nullish() })
  .meta({ id: 'BreakGlassReviewInput' });
