import { z } from 'zod';
import { role, tokenInput } from './account.ts';
import { email, timestamp } from './primitives.ts';

const password = z.string().min(1).max(1_000);
/** A new password: long rather than odd. */
const newPassword = z.string().min(12, 'must have at least 12 characters').max(1_000);

export const loginInput = z.strictObject({ email, password }).meta({ id: 'LoginInput' });

/** Signing in for a token instead of a session, as the command line does. */
export const loginTokenInput = z
  .strictObject({ email, password, ...tokenInput.omit({ accountId: true }).shape })
  .meta({ id: 'LoginTokenInput' });

/** A command line that waits for the browser beside it. Nothing but a port of that machine itself can be named. */
export const commandLineQuery = z.strictObject({
  redirectUri: z
    .string()
    .regex(
      /^http:\/\/(?:127\.0\.0\.1|\[::1\]):(?:[1-9]\d{3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])\/$/,
      'must be http://127.0.0.1:PORT/ or http://[::1]:PORT/',
    )
    .describe('Where it listens.'),
  challenge: z
    .string()
    .regex(/^[\w-]{43}$/, 'must be a SHA-256 as base64url')
    .describe('SHA-256 of the verifier that it will show, as base64url.'),
  state: z
    .string()
    .regex(/^[\w-]{16,128}$/, 'must be 16 to 128 letters, digits, - and _')
    .describe('Comes back with the code.'),
});

/** The code that the browser brought, and the proof that it was meant for whoever shows it. */
export const codeTokenInput = z
  .strictObject({
    code: z.string().min(1).max(200),
    verifier: z.string().regex(/^[\w-]{43,128}$/, 'must be 43 to 128 letters, digits, - and _'),
    ...tokenInput.omit({ accountId: true }).shape,
  })
  .meta({ id: 'CodeTokenInput' });

export const oneTimeLinkInput = z
  .strictObject({
    secret: z.string().min(1).max(200),
    password: newPassword,
    name: z.string().max(200).optional(),
  })
  .meta({ id: 'OneTimeLinkInput' });

export const passwordChange = z
  .strictObject({ current: password, next: newPassword })
  .meta({ id: 'PasswordChange' });

export const reauthenticateInput = z.strictObject({ password }).meta({ id: 'ReauthenticateInput' });

/** How people can sign in here. */
export const authMethods = z
  .object({
    password: z.boolean(),
    oidc: z.array(z.object({ name: z.string(), startUrl: z.string(), commandLineUrl: z.string() })),
    demoAccounts: z.array(z.object({ email: z.string(), password: z.string(), name: z.string() })),
  })
  .meta({ id: 'AuthMethods' });

/** Who is signed in, and what they may do wherever they are. */
export const me = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    kind: z.enum(['person', 'service_account']),
    role: role.nullable(),
    groups: z.array(z.string()),
    credential: z.object({
      kind: z.enum(['session', 'token', 'agent', 'system']),
      id: z.string(),
      scopes: z.array(z.string()).nullable(),
      authenticatedAt: timestamp.nullable(),
      expiresAt: timestamp.nullable(),
    }),
    verbs: z.array(z.string()).describe('Rights in every project; grants add to them inside a project.'),
    grants: z.array(
      z.object({
        verb: z.string(),
        project: z.string(),
        tenant: z.string().nullable(),
        environment: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Me' });

export const session = z
  .object({
    id: z.string(),
    current: z.boolean(),
    createdAt: timestamp,
    lastSeenAt: timestamp,
    expiresAt: timestamp,
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
  })
  .meta({ id: 'Session' });
