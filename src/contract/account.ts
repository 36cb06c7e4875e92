import { z } from 'zod';
import { roles, tokenScopes } from '../domain/people/actor.ts';
import { grantableVerbs } from '../domain/people/verb.ts';
import { email, id, line, personRef, segment, slug, timestamp } from './primitives.ts';

export const role = z.enum(roles);
export const tokenScope = z.enum(tokenScopes);

/** One verb, given in one project or in one tenant or environment of it. */
export const grant = z
  .object({
    id: z.string(),
    subject: z.object({ kind: z.enum(['account', 'group']), id: z.string(), name: z.string() }),
    verb: z.string(),
    project: z.string(),
    tenant: z.string().nullable(),
    environment: z.string().nullable(),
    createdAt: timestamp,
  })
  .meta({ id: 'Grant' });

export const grantInput = z
  .strictObject({
    subject: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('account'), id }),
      z.strictObject({ kind: z.literal('group'), name: line(254) }),
    ]),
    verb: z.enum(grantableVerbs),
    project: slug,
    tenant: segment.optional(),
    environment: segment.optional(),
  })
  .meta({ id: 'GrantInput' });

export const member = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: role.nullable(),
    groups: z.array(z.string()),
    disabled: z.boolean(),
    signIn: z.enum(['password', 'oidc', 'invited']),
    linkedTo: personRef.nullable().describe('The person whom this second account counts as.'),
    createdAt: timestamp,
    lastSeenAt: timestamp.nullable(),
  })
  .meta({ id: 'Member' });

export const memberInput = z
  .strictObject({ email, name: line(200), role: role.nullable() })
  .meta({ id: 'MemberInput', examples: [{ email: 'bob@example.com', name: 'Bob', role: 'admin' }] });

export const memberChange = z
  .strictObject({
    name: line(200).optional(),
    role: role.nullable().optional(),
    disabled: z.boolean().optional(),
    linkedTo: id.nullable().optional(),
  })
  .meta({ id: 'MemberChange' });

/** A link that lets one person set a password once. It is shown to whoever made it and to nobody else. */
export const oneTimeLink = z.object({ url: z.string(), expiresAt: timestamp }).meta({ id: 'OneTimeLink' });

export const invitedMember = z.object({ member, link: oneTimeLink }).meta({ id: 'InvitedMember' });

export const serviceAccount = z
  .object({
    id: z.string(),
    name: z.string(),
    owner: personRef,
    role: role.nullable(),
    disabled: z.boolean(),
    createdAt: timestamp,
  })
  .meta({ id: 'ServiceAccount' });

export const serviceAccountInput = z
  .strictObject({
    name: line(100),
    role: role.nullable(),
    ownerId: id.optional().describe('Who answers for it; whoever asks when left out.'),
  })
  .meta({ id: 'ServiceAccountInput' });

export const serviceAccountChange = z
  .strictObject({
    name: line(100).optional(),
    role: role.nullable().optional(),
    disabled: z.boolean().optional(),
  })
  .meta({ id: 'ServiceAccountChange' });

export const token = z
  .object({
    id: z.string(),
    name: z.string(),
    account: personRef,
    prefix: z.string().describe('The start of the secret, to recognise it by.'),
    scopes: z.array(z.string()),
    createdAt: timestamp,
    expiresAt: timestamp,
    lastUsedAt: timestamp.nullable(),
    revokedAt: timestamp.nullable(),
  })
  .meta({ id: 'Token' });

export const tokenInput = z
  .strictObject({
    name: line(100),
    scopes: z.array(tokenScope).min(1).max(tokenScopes.length),
    expiresInDays: z.int().min(1).max(366).optional().describe('90 when left out.'),
    accountId: id.optional().describe('A service account; the own account when left out.'),
  })
  .meta({ id: 'TokenInput', examples: [{ name: 'laptop', scopes: ['read', 'request'] }] });

/** The only answer that ever holds the secret of a token. */
export const createdToken = z.object({ token, secret: z.string() }).meta({ id: 'CreatedToken' });
