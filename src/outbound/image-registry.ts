import type { ImageName } from '../domain/verification/image-name.ts';
import type { Resolve } from './address-guard.ts';
import { bearerChallenge } from './bearer-challenge.ts';
import { inTime } from './in-time.ts';
import { OutboundError } from './outbound-error.ts';
import { type AllowedNetworks, dialTarget, readTarget } from './read-target.ts';
import { type Reply, sendTo } from './send-to.ts';

/** A registry that may be asked, on a private address as well. Which ones, an operator decides at start. */
export interface NamedRegistry {
  /** As images name it: `ghcr.io`, `images.example.com:5000`. */
  readonly host: string;
  /** Without TLS, on private addresses alone. */
  readonly plainHttp: boolean;
}

/** Whether a registry has an image. `reason` is a clause behind the name of the registry. */
export type ImageAnswer =
  { readonly kind: 'there' | 'missing' } | { readonly kind: 'unknown'; readonly reason: string };

export interface RegistryRules {
  readonly named: readonly NamedRegistry[];
  /** Milliseconds for one image, everything included. */
  readonly timeout: number;
  /** The machine's resolver unless given. */
  readonly resolve?: Resolve | undefined;
}

/** Where a registry of one's own may be. Link-local addresses, the metadata of clouds among them, stay out of reach. */
const ownNetworks =
  '10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 172.16.0.0/12 192.168.0.0/16 ::1/128 fc00::/7'.split(' ');

/** Images of Docker Hub do not name the host that serves them. */
const servedBy: Readonly<Record<string, string>> = { 'docker.io': 'registry-1.docker.io' };

/** All that a manifest can be; without them a registry answers 404 for what it has. */
const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const repositoryName = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const referenceName = /^(?:\w[\w.-]{0,127}|[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,128})$/;
const tokenText = /^[\x21-\x7e]{1,8192}$/;
const keptBytes = 16 * 1024;

const unknown = (reason: string): ImageAnswer => ({ kind: 'unknown', reason });

/** Asks the registry of an image for its manifest, with a token for anybody where it wants one. Never throws. */
export async function askForImage(image: ImageName, rules: RegistryRules): Promise<ImageAnswer> {
  const slash = image.repository.indexOf('/');
  const host = image.repository.slice(0, slash).toLowerCase();
  const repository = image.repository.slice(slash + 1);
  const reference = image.digest ?? image.tag ?? 'latest';
  const named = rules.named.find((each) => each.host === host);
  if (!named) return unknown('is not among the registries that this server asks');
  if (repository.length > 255 || !repositoryName.test(repository) || !referenceName.test(reference))
    return unknown('has no images of such a name');
  const url = `${schemeOf(named)}://${servedBy[host] ?? host}/v2/${repository}/manifests/${reference}`;
  try {
    return await inTime(rules, (signal) => askManifest({ url, repository }, named, { ...rules, signal }));
  } catch (error) {
    if (error instanceof OutboundError) return unknown(error.message);
    throw error;
  }
}

const schemeOf = ({ plainHttp }: NamedRegistry): string => (plainHttp ? 'http' : 'https');

interface Question {
  readonly url: string;
  readonly repository: string;
}
type Rules = RegistryRules & { readonly signal: AbortSignal };

async function askManifest(
  { url, repository }: Question,
  named: NamedRegistry,
  rules: Rules,
): Promise<ImageAnswer> {
  const networks = { networks: ownNetworks, plainHttp: named.plainHttp };
  const ask = (token?: string): Promise<Reply> =>
    call({ url, method: 'HEAD', token, accept: manifestTypes }, networks, rules);
  const first = await ask();
  if (first.status !== 401) return answerOf(first);
  const challenge = bearerChallenge(first.headers['www-authenticate']);
  if (!challenge) return answerOf(first);
  if (!URL.canParse(challenge.realm)) return unknown('names no address where it gives tokens');
  const realm = new URL(challenge.realm);
  realm.searchParams.set('scope', `repository:${repository}:pull`);
  if (challenge.service !== undefined) realm.searchParams.set('service', challenge.service);
  const token = await askToken(realm, rules);
  return token === undefined ? unknown('gives no token without signing in') : answerOf(await ask(token));
}

/** A registry may send us anywhere for its token: only to public addresses, unless that host is named, too. */
async function askToken(realm: URL, rules: Rules): Promise<string | undefined> {
  const named = rules.named.find(({ host }) => host === realm.host);
  const networks = { networks: named ? ownNetworks : [], plainHttp: named?.plainHttp === true };
  const { status, body } = await call(
    { url: realm.href, method: 'GET', accept: 'application/json' },
    networks,
    rules,
  );
  return status === 200 ? tokenIn(body.toString('utf8')) : undefined;
}

function tokenIn(text: string): string | undefined {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said !== 'object' || said === null) return undefined;
    const { token, access_token: other } = said as Readonly<Record<string, unknown>>;
    return [token, other].find((one): one is string => typeof one === 'string' && tokenText.test(one));
  } catch {
    return undefined;
  }
}

interface Asked {
  readonly url: string;
  readonly method: 'GET' | 'HEAD';
  readonly accept: string;
  readonly token?: string | undefined;
}

async function call(
  { url: text, method, accept, token }: Asked,
  networks: AllowedNetworks,
  { resolve, signal }: Rules,
): Promise<Reply> {
  const url = readTarget(text, networks);
  const address = await dialTarget(url, { ...networks, resolve });
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const headers = { accept, 'user-agent': 'knowngood', ...authorization };
  return sendTo(url, address, { method, headers, signal, keep: keptBytes });
}

function answerOf({ status }: Reply): ImageAnswer {
  if (status === 200) return { kind: 'there' };
  if (status === 404) return { kind: 'missing' };
  if (status === 401 || status === 403) return unknown('shows it only to those who sign in');
  if (status === 429) return unknown('was asked too often');
  return unknown(`answered ${status}`);
}
