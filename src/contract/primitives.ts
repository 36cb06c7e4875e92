import { z } from 'zod';
import { type LimitedText, textLimits } from '../domain/text-limits.ts';

/**
 * Room `contract`: the wire. Schemas, the operation table, the typed client and the OpenAPI document.
 * It must never know how an operation is carried out, nor Fastify, SQL, Git or Node.
 *
 * In answers a value that is not there is `null`, so that every answer of a kind has the same keys; in requests it
 * may be left out. Requests name every key they know: an unknown one is refused, for a misspelt `selectedFields`
 * must not turn into a wider rollback.
 */

/** The name of a project in addresses: what DNS allows as a label. */
export const slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'use lower-case letters, digits and hyphens, at most 63')
  .meta({ examples: ['shop'] });

/** A tenant, environment or service, as it stands in paths: any text without slashes and control characters. */
export const segment = z
  .string()
  .min(1)
  .max(253)
  .regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]+$/u, 'must be one segment of a path');

/** An id that the hub gave: prefix and ULID. */
export const id = z.string().regex(/^[A-Za-z]{3}[-_][0-9A-Za-z]{1,40}$/, 'is not an id');

/** A commit, by its full id. */
export const sha = z
  .string()
  .regex(/^[0-9a-f]{40}$/, 'must be a full commit id of 40 hexadecimal digits')
  .meta({ examples: ['5be0d1e7a1c04b6f8e2d3c4b5a69788796a5b4c3'] });

/** A revision as people write it: a commit id or the start of one, a tag, or a time. */
export const revision = z.string().max(200);

/** Binds an approval to the plan that was shown. */
export const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits')
  .meta({ examples: [`sha256:${'7c1e'.repeat(16)}`] });

/** A moment on the wire: RFC 3339 in UTC. */
export const timestamp = z.iso.datetime().meta({ examples: ['2026-11-20T14:02:00.000Z'] });

/** Milliseconds since 1970 as a `timestamp`. */
export const wireTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The same for a moment that may not have come. */
export const wireTimeOrNull = (milliseconds: number | null | undefined): string | null =>
  milliseconds === null || milliseconds === undefined ? null : wireTime(milliseconds);

/** A text that a person writes, as long as the domain takes it and no longer. */
export const limited = (name: LimitedText) => z.string().max(textLimits[name]);

/** One line of text that a person wrote; control characters are folded when it is shown, not refused here. */
export const line = (max: number) => z.string().min(1).max(max);

export const email = z
  .string()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, 'is not an e-mail address')
  .meta({ examples: ['jane@example.com'] });

/** A switch in a query: `true` or `false`. */
export const flag = z.enum(['true', 'false']);

/** Where the next page starts; opaque, taken from `nextCursor` of the page before. */
export const cursor = z.string().min(1).max(500);

/** The parameters of every paged list. */
export const paging = {
  cursor: cursor.optional(),
  limit: z.coerce.number<number>().int().min(1).max(200).optional(),
};

/** One page of a list; `nextCursor` is null on the last. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** A whole list that is never long enough for pages. */
export const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

/** Who did something, as shown beside it. `id` is null for somebody known by their commits alone. */
export const personRef = z
  .object({
    id: id.nullable(),
    name: z.string(),
    email: z.string().nullable(),
    kind: z.enum(['person', 'service_account', 'system']),
  })
  .meta({ id: 'PersonRef' });
export type PersonRef = z.infer<typeof personRef>;

/** Who can approve: a few by name, and how many more there are. Without the right to see members, nobody is named. */
export const approvers = z
  .object({
    people: z.array(personRef),
    more: z.int(),
    atLeast: z
      .boolean()
      .describe('There may be others: so many people could be asked that not all were looked at.'),
  })
  .meta({ id: 'Approvers' });
export type ApproversRef = z.infer<typeof approvers>;

export const tenantEnvironment = z
  .object({ tenant: z.string(), environment: z.string() })
  .meta({ id: 'TenantEnvironment' });
