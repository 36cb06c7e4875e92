import { z } from 'zod';
import type { OidcSettings } from '../app/hub.ts';
import { roles } from '../domain/people/actor.ts';
import { Refusal } from '../domain/refusal/refusal.ts';

const text = z.string().min(1);

const provider = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens'),
  issuer: z.url(),
  clientId: text,
  clientSecret: text.optional(),
  scopes: z.array(text).default(['profile', 'email']),
  plainHttp: z.boolean().default(false),
  groupsClaim: text.default('groups'),
  roles: z.array(z.strictObject({ group: text, role: z.enum(roles) })).default([]),
  defaultRole: z.enum(roles).optional(),
  groups: z
    .union([z.literal('as_given'), z.array(z.strictObject({ claim: text, group: text }))])
    .default('as_given'),
  emailVerified: z.enum(['required', 'assumed']).default('required'),
});

/** The identity providers of a JSON text: a list of objects. Throws `setting_invalid`, which repeats no secret. */
export function readOidcSettings(setting: string, json: string): readonly OidcSettings[] {
  const parsed = z.array(provider).safeParse(parseJson(setting, json));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const reason = ['providers', ...(issue?.path ?? [])].join('.') + `: ${issue?.message ?? 'is wrong'}`;
    throw new Refusal('setting_invalid', { setting, reason });
  }
  const providers = parsed.data.map(({ clientSecret, defaultRole, ...rest }) => ({
    ...rest,
    clientSecret,
    defaultRole,
  }));
  const names = providers.map(({ name }) => name);
  if (new Set(names).size < names.length)
    throw new Refusal('setting_invalid', { setting, reason: 'two providers have the same name' });
  return providers;
}

function parseJson(setting: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Refusal('setting_invalid', { setting, reason: 'is not JSON' });
  }
}
