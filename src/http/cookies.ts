import type { FastifyReply, FastifyRequest } from 'fastify';

/** The cookies of ours. `session` is the sign-in, `oidc` lives from the way to an identity provider to the way back. */
export type CookieName = 'session' | 'oidc';

/** The cookies of one call, under short names; all are `HttpOnly`, `SameSite=Lax` and, over https, `__Host-`. */
export interface Cookies {
  readonly get: (name: CookieName) => string | undefined;
  /** `expiresAt` in epoch milliseconds. */
  readonly set: (name: CookieName, value: string, expiresAt: number) => void;
  readonly clear: (name: CookieName) => void;
}

/** The whole name: with https, browsers then refuse the cookie from any other host, path or plain connection. */
export const cookieName = (name: CookieName, secure: boolean): string =>
  `${secure ? '__Host-' : ''}knowngood-${name}`;

export function cookiesOf(request: FastifyRequest, reply: FastifyReply, secure: boolean): Cookies {
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  return {
    get: (name) => request.cookies[cookieName(name, secure)],
    set: (name, value, expiresAt) =>
      void reply.setCookie(cookieName(name, secure), value, { ...attributes, expires: new Date(expiresAt) }),
    clear: (name) => void reply.clearCookie(cookieName(name, secure), attributes),
  };
}

/** True when a cookie header names this cookie with two different values, as another host's page can bring about. */
export function isAmbiguous(header: string | undefined, name: string): boolean {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`));
  return new Set(values).size > 1;
}
