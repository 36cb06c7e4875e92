import type { Fetch } from '../../contract/client.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { HubAccess } from '../hub-access.ts';

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name could not be looked up',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak https',
};
/** The connection was lost on the way: whether the call arrived, nobody knows. */
const lost: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
const untrusted =
  /^(CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_CA)/;

interface Cause {
  readonly code: string;
  readonly reason: string;
}

/** What lies below the `fetch failed` of the platform. */
function causeOf(error: unknown): Cause {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  // One host with two addresses, both of which failed.
  const first: unknown = inner instanceof AggregateError ? inner.errors[0] : inner;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  const reason = words[code] ?? (first instanceof Error ? first.message : String(first));
  return { code, reason };
}

/** Why a server could not be reached, in words. */
export function refusalOf(error: unknown, server: string, seconds: number): Refusal {
  if (error instanceof Error && error.name === 'TimeoutError')
    return new Refusal('server_silent', { server, seconds });
  const { code, reason } = causeOf(error);
  return new Refusal(untrusted.test(code) ? 'server_untrusted' : 'server_unreachable', { server, reason });
}

/**
 * The way to one server: a call that cannot arrive, or is sent elsewhere, is refused in words. A POST carries a key, so
 * that a call whose connection was cut can be repeated once without being done twice.
 */
export function reach({ fetch, patience, newKey, sleep }: HubAccess, server: string): Fetch {
  return async (url, init) => {
    const key = init.method === 'POST' ? { 'idempotency-key': newKey() } : {};
    const send = async (): ReturnType<Fetch> => {
      const answer = await fetch(url, { ...init, headers: { ...key, ...init.headers } });
      const text = await answer.text();
      return { ...answer, text: () => Promise.resolve(text) };
    };
    const repeatable = init.method === 'GET' || init.method === 'POST';
    try {
      const answer = await send().catch(async (error: unknown) => {
        if (!repeatable || !lost.has(causeOf(error).code)) throw error;
        await sleep(500);
        return send();
      });
      const location = answer.status >= 300 && answer.status < 400 && answer.headers.get('location');
      if (location) throw new Refusal('server_redirects', { server, location: targetOf(location, url) });
      return answer;
    } catch (error) {
      throw error instanceof Refusal ? error : refusalOf(error, server, patience);
    }
  };
}

/** Where a redirect leads, as an address to sign in at. */
function targetOf(location: string, from: string): string {
  const target = URL.parse(location, from);
  if (!target) return 'nowhere';
  return `${target.origin}${target.pathname.replace(/\/(api\/v2.*)?$/, '')}`;
}
