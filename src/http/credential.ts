import type { FastifyRequest } from 'fastify';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { Actor } from '../domain/people/actor.ts';

/** What somebody showed at the door. A token is the same token whichever way it came. */
export type PresentedCredential =
  | { readonly kind: 'session'; readonly secret: string }
  | { readonly kind: 'token'; readonly secret: string; readonly via: 'bearer' | 'basic' };

/** The one way from a credential to an actor; undefined when it is unknown, expired or revoked. */
export type ResolveCredential = (
  credential: PresentedCredential,
  from: { readonly address: string },
) => Promise<Actor | undefined>;

const LIMIT_SECRET = 4_096;

function fromAuthorization(header: string): PresentedCredential | undefined {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(header.trim()) ?? [];
  if (value.length === 0 || value.length > LIMIT_SECRET) return undefined;
  if (scheme.toLowerCase() === 'bearer') return { kind: 'token', secret: value, via: 'bearer' };
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const secret = colon < 0 ? '' : text.slice(colon + 1);
  return secret === '' ? undefined : { kind: 'token', secret, via: 'basic' };
}

/**
 * What a request shows: an Authorization header, else the session cookie. A header that cannot be read is not passed
 * over for the cookie: whoever sends one means it.
 */
export function presentedCredential(
  request: FastifyRequest,
  sessionCookie: string,
): PresentedCredential | undefined {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const presented = fromAuthorization(authorization);
    if (presented === undefined) throw new Refusal('credential_invalid', { credential: 'credential' });
    return presented;
  }
  const secret = request.cookies[sessionCookie];
  if (secret === undefined || secret === '' || secret.length > LIMIT_SECRET) return undefined;
  return { kind: 'session', secret };
}

/** The actor of a request. Throws `unauthenticated` or `credential_invalid`, both 401. */
export async function requireActor(
  presented: PresentedCredential | undefined,
  resolve: ResolveCredential,
  address: string,
): Promise<Actor> {
  if (presented === undefined) throw new Refusal('unauthenticated');
  const actor = await resolve(presented, { address });
  if (actor === undefined) throw new Refusal('credential_invalid', { credential: presented.kind });
  return actor;
}
