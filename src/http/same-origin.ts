import type { IncomingHttpHeaders } from 'node:http';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host.toLowerCase() : undefined;

/**
 * True when a browser sent this from a page of another site. Browsers tell with `Sec-Fetch-Site` or `Origin`; programs
 * send neither, and have no cookies that a page could abuse. Requests with an Authorization header cannot be forged.
 */
export function isCrossSite(
  method: string,
  headers: IncomingHttpHeaders,
  publicUrl: string | undefined,
): boolean {
  if (safeMethods.has(method) || headers.authorization !== undefined) return false;
  const { origin, host } = headers;
  if (origin === undefined) {
    const site = headers['sec-fetch-site'];
    return site !== undefined && site !== 'same-origin' && site !== 'none';
  }
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return false;
  const from = hostOf(origin);
  return from === undefined || from !== host?.toLowerCase();
}
