import { registryHost } from '../domain/verification/registry-host.ts';
import type { Resolve } from './address-guard.ts';
import { asksPassword, bearerChallenge } from './bearer-challenge.ts';
import { type AllowedNetworks, dialTarget, readTarget } from './read-target.ts';
import { type Reply, sendTo } from './send-to.ts';

/** How we sign in to a registry: as a person or robot does, or by a token that is good for other tokens. Secret. */
export type RegistryCredential =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'identity'; readonly token: string };

/** A registry that may be asked, on a private address as well. Which ones, an operator decides at start. */
export interface NamedRegistry {
  /** As images name it: `ghcr.io`, `images.example.com:5000`. */
  readonly host: string;
  /** Without TLS, on private addresses alone. */
  readonly plainHttp: boolean;
  /** Sent to this host alone, and to where it gives tokens; without TLS only to this machine. */
  readonly credential?: RegistryCredential | undefined;
}

/** Whether a registry has something. `reason` is a clause behind the name of the registry. */
export type RegistryAnswer = { readonly kind: 'there' | 'missing' } | UnknownAnswer;

/** An answer that tells nothing. */
export interface UnknownAnswer {
  readonly kind: 'unknown';
  readonly reason: string;
  /** False where nobody was called. */
  readonly asked?: false;
}

export interface RegistryRules {
  readonly named: readonly NamedRegistry[];
  /** Milliseconds for one question, everything included. */
  readonly timeout: number;
  /** The machine's resolver unless given. */
  readonly resolve?: Resolve | undefined;
}

/** What is asked of a host; `scope` is what a token has to be good for, where tokens are taken at all. */
export interface RegistryQuestion {
  readonly url: string;
  readonly method: 'GET' | 'HEAD';
  readonly accept: string;
  readonly scope: string | undefined;
  /** Gets the answer of 200 piece by piece; false ends it. Without it only its beginning is read. */
  readonly take?: ((piece: Buffer) => boolean) | undefined;
}

/** Rules with the signal that ends what they are for. */
export type CallRules = RegistryRules & { readonly signal: AbortSignal };

/** Where a registry of one's own may be. Link-local addresses, the metadata of clouds among them, stay out of reach. */
const ownNetworks =
  '10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 172.16.0.0/12 192.168.0.0/16 ::1/128 fc00::/7'.split(' ');
const tokenText = /^[\x21-\x7e]{1,8192}$/;
const keptBytes = 16 * 1024;

/** The answer of a registry that tells nothing. */
export const unknown = (reason: string): UnknownAnswer => ({ kind: 'unknown', reason });

/** What is said without calling anybody. */
export const unasked = (reason: string): UnknownAnswer => ({ kind: 'unknown', reason, asked: false });

/** The registry that was named for this host, whichever of its names that is; else what is said of it. */
export const namedRegistry = (host: string, { named }: RegistryRules): NamedRegistry | UnknownAnswer =>
  named.find((each) => each.host === registryHost(host)) ??
  unasked('is not among the registries that this server asks');

export const schemeOf = ({ plainHttp }: Pick<NamedRegistry, 'plainHttp'>): string =>
  plainHttp ? 'http' : 'https';

/**
 * Asks a registry, and signs in where it wants that: with its credential where it has one, else as anybody. Gives the
 * reply, or why there is none. No redirect is followed. Throws `OutboundError`.
 */
export async function callRegistry(
  question: RegistryQuestion,
  named: NamedRegistry,
  rules: CallRules,
): Promise<Reply | UnknownAnswer> {
  const networks = { networks: ownNetworks, plainHttp: named.plainHttp };
  const ask = (authorization?: string): Promise<Reply> =>
    call({ ...question, authorization }, networks, rules);
  const first = await ask();
  if (first.status !== 401) return first;
  const header = first.headers['www-authenticate'];
  const credential = isPrivate(new URL(question.url)) ? named.credential : undefined;
  if (named.credential && !credential)
    return unknown('wants us to sign in, and credentials are not sent without TLS');
  const { scope } = question;
  // A token that is good for nothing in particular may be good for everything: none is fetched.
  const challenge = scope === undefined ? undefined : bearerChallenge(header);
  if (!challenge || scope === undefined) {
    const basic = asksPassword(header) ? basicOf(credential) : undefined;
    return basic === undefined ? first : ask(basic);
  }
  if (!URL.canParse(challenge.realm)) return unknown('names no address where it gives tokens');
  const realm = new URL(challenge.realm);
  const { service } = challenge;
  const token = await askToken({ realm, service, scope, credential }, rules);
  if (token !== undefined) return ask(`Bearer ${token}`);
  return unknown(
    credential ? 'gives no token for the credentials that it got' : 'gives no token without signing in',
  );
}

/** Why a reply that is neither a yes nor a no tells nothing. */
export function unclear({ status }: Reply, { credential }: NamedRegistry): RegistryAnswer {
  if (status === 401 || status === 403)
    return unknown(
      credential ? 'does not show it to the credentials given' : 'shows it only to those who sign in',
    );
  if (status === 429) return unknown('was asked too often');
  return unknown(`answered ${status}`);
}

/** Whether nobody on the way reads what is sent there. */
const isPrivate = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

const basicOf = (credential: RegistryCredential | undefined): string | undefined =>
  credential?.kind === 'password'
    ? `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}`
    : undefined;

interface TokenWish {
  readonly realm: URL;
  readonly service: string | undefined;
  readonly scope: string;
  readonly credential: RegistryCredential | undefined;
}

/** A registry may send us anywhere for its token: only to public addresses, unless that host is named, too. */
async function askToken(wish: TokenWish, rules: CallRules): Promise<string | undefined> {
  const { realm, service, scope } = wish;
  const named = rules.named.find(({ host }) => host === realm.host);
  const networks = { networks: named ? ownNetworks : [], plainHttp: named?.plainHttp === true };
  // What a registry says without TLS, or about a place without it, gets no secret of ours.
  const credential = isPrivate(realm) ? wish.credential : undefined;
  const facts = { scope, ...(service === undefined ? {} : { service }) };
  const asked = { accept: 'application/json' };
  if (credential?.kind === 'identity') {
    const form = { grant_type: 'refresh_token', client_id: 'knowngood', refresh_token: credential.token };
    const body = new URLSearchParams({ ...facts, ...form }).toString();
    return tokenIn(await call({ ...asked, url: realm.href, method: 'POST', body }, networks, rules));
  }
  for (const [name, value] of Object.entries(facts)) realm.searchParams.set(name, value);
  const authorization = basicOf(credential);
  return tokenIn(await call({ ...asked, url: realm.href, method: 'GET', authorization }, networks, rules));
}

function tokenIn({ status, body }: Reply): string | undefined {
  if (status !== 200) return undefined;
  try {
    const said: unknown = JSON.parse(body.toString('utf8'));
    if (typeof said !== 'object' || said === null) return undefined;
    const { token, access_token: other } = said as Readonly<Record<string, unknown>>;
    return [token, other].find((one): one is string => typeof one === 'string' && tokenText.test(one));
  } catch {
    return undefined;
  }
}

interface Asked extends Pick<RegistryQuestion, 'url' | 'accept' | 'take'> {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly authorization?: string | undefined;
  readonly body?: string | undefined;
}

async function call(
  { url: text, method, accept, authorization, body, take }: Asked,
  networks: AllowedNetworks,
  { resolve, signal }: CallRules,
): Promise<Reply> {
  const url = readTarget(text, networks);
  const address = await dialTarget(url, { ...networks, resolve });
  const headers = {
    accept,
    'user-agent': 'knowngood',
    ...(authorization === undefined ? {} : { authorization }),
    ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
  };
  return sendTo(url, address, { method, headers, body, signal, keep: keptBytes, take });
}
