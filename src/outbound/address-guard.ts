import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Why a host is not reached: nobody knows it, or it is in a network that we do not call into. */
export class AddressError extends Error {
  readonly code: 'unknown' | 'forbidden';
  readonly host: string;

  constructor(code: AddressError['code'], host: string, cause?: unknown) {
    super(`${host}: ${code}`, { cause });
    this.name = 'AddressError';
    this.code = code;
    this.host = host;
  }
}

/**
 * Everything that is not the public internet: this machine, private and shared networks, link-local addresses (the
 * metadata of clouds among them), documentation, multicast, and the ways to write IPv4 in IPv6.
 */
const special = [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24',
  '192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3',
  '::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 fc00::/7',
  'fe80::/10 fec0::/10 ff00::/8',
].flatMap((line) => line.split(' '));

/** Throws a RangeError or TypeError for what is no network. */
export function networkList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
}

const forbidden = networkList(special);

/**
 * Whether we may connect to this address; `allowed` are networks that may be although they are not public, and with
 * `listedOnly` no others.
 */
export function mayReach(address: string, allowed: BlockList, listedOnly = false): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  const inside = mappedIpv4(address);
  if (inside !== undefined) return mayReach(inside, allowed, listedOnly);
  return allowed.check(address, kind) || (!listedOnly && !forbidden.check(address, kind));
}

const mappedIpv4 = (address: string): string | undefined =>
  /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const resolveHere: Resolve = async (host) =>
  (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address);

export interface AddressRules {
  /** The machine's resolver unless given. */
  readonly resolve?: Resolve | undefined;
  readonly listedOnly?: boolean | undefined;
}

/**
 * The one address to connect to for a host. All of its addresses have to be reachable for us, so that no choice of
 * the moment decides; and the caller dials what comes back, so that a second answer of the name server cannot differ.
 */
export async function safeAddress(
  host: string,
  allowed: BlockList,
  { resolve = resolveHere, listedOnly = false }: AddressRules = {},
): Promise<string> {
  const plain = host.replace(/^\[(.*)\]$/, '$1');
  const found = await (isIP(plain) === 0 ? resolve(plain) : Promise.resolve([plain])).catch(
    (error: unknown) => {
      throw new AddressError('unknown', host, error);
    },
  );
  const [first] = found;
  if (first === undefined) throw new AddressError('unknown', host);
  if (!found.every((address) => mayReach(address, allowed, listedOnly)))
    throw new AddressError('forbidden', host);
  return first;
}
