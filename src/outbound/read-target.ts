import { isIP } from 'node:net';
import { AddressError, type Resolve, mayReach, networkList, safeAddress } from './address-guard.ts';
import { OutboundError } from './outbound-error.ts';

/** Which networks messages may go to, besides the public internet over https. */
export interface AllowedNetworks {
  readonly networks: readonly string[];
  /** Plain http to those networks. */
  readonly plainHttp: boolean;
}

const refused = (reason: string): OutboundError => new OutboundError('url_refused', reason);

const misled = (url: URL): OutboundError =>
  new OutboundError('address_refused', `${hostOf(url)} does not lead to an address that may be used`);

/** The host of a URL as an address or name: brackets are the URL's, not the address's. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * A URL that messages may be sent to as far as its text tells; who is behind a name is asked when it is dialled.
 * What counts is the parsed host: `0x7f.1`, `2130706433` and `①②⑦.0.0.1` all mean 127.0.0.1. Throws `url_refused`
 * or `address_refused`.
 */
export function readTarget(text: string, rules: AllowedNetworks): URL {
  // URL repairs `https:/x`, `https:///x` and backslashes; readers of the text would take them for another host.
  if (!/^https?:\/\/[^/\\?#\s]/i.test(text) || /[\\\s\p{Cc}]/u.test(text) || !URL.canParse(text))
    throw refused('the address is not a complete https URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || /^[^/]*\/\/[^/?#]*@/.test(text))
    throw refused('the address must not hold a user name or password');
  if (url.protocol === 'http:' && !rules.plainHttp) throw refused('the address must begin with https://');
  const port = Number(url.port);
  if (port !== 0 && port < 1024 && port !== 80 && port !== 443)
    throw refused(`port ${port} is not one that may be called`);
  const host = hostOf(url);
  const listedOnly = url.protocol === 'http:';
  if (isIP(host) !== 0 && !mayReach(host, networkList(rules.networks), listedOnly)) throw misled(url);
  return url;
}

/** The address to dial for a URL that was read: the name is asked for once. Throws `address_refused`. */
export async function dialTarget(
  url: URL,
  { networks, resolve }: AllowedNetworks & { readonly resolve?: Resolve | undefined },
): Promise<string> {
  const rules = { resolve, listedOnly: url.protocol === 'http:' };
  try {
    return await safeAddress(hostOf(url), networkList(networks), rules);
  } catch (error) {
    throw error instanceof AddressError ? misled(url) : error;
  }
}
