import { Refusal } from '../../domain/refusal/refusal.ts';

const isLocal = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);

/**
 * The address of a server as it is kept: scheme, host and path, without a slash at the end. `https` is understood
 * where no scheme is given, and `http` on this machine. Throws `server_malformed`.
 */
export function serverAddress(text: string): string {
  const wrong = (): Refusal => new Refusal('server_malformed', { url: withoutPassword(text) });
  const [host = ''] = text.split(/[/?#]/, 1);
  const scheme = isLocal(host.replace(/:\d+$/, '')) ? 'http' : 'https';
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${scheme}://${text}`);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') throw wrong();
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') throw wrong();
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** An address as it may be repeated in a message. */
export const withoutPassword = (text: string): string => text.replace(/(^|\/\/)[^/@]*@/, '$1…@');

/** What a context is called when nobody named it: the host, as people say it. */
export const nameOfServer = (server: string): string => server.replace(/^https?:\/\//, '');

/** True when a password would travel unencrypted over a network. */
export function isExposed(server: string): boolean {
  const { protocol, hostname } = new URL(server);
  return protocol === 'http:' && !isLocal(hostname);
}
