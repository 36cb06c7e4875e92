import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { Refusal } from '../domain/refusal/refusal.ts';
import { type Part, partAt, partsAt, textAt } from './field-at.ts';

/**
 * Room `agent`: a program of its own, in or near a cluster, that reads the cluster and tells the hub by `agent.v1`. It
 * must never know the hub's store, its use cases or a repository: what it says is all that the hub learns.
 *
 * How to reach the API server of a cluster, and as whom.
 */
export interface KubeAccess {
  /** Address without a slash at its end; it may have a path. */
  readonly server: string;
  readonly tls: {
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    readonly servername?: string;
    readonly rejectUnauthorized?: boolean;
  };
  /** The value of the header `authorization`; asked for each call, because the tokens of pods are replaced. */
  readonly authorization: () => string | undefined;
}

const given = <K extends string, V>(key: K, value: V | undefined): { readonly [Key in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [Key in K]?: V };

/** Where a pod finds what it needs for its API server. */
const podFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The access of the pod that this program runs in; undefined outside of a cluster. */
export function podAccess(
  environment: Readonly<Record<string, string | undefined>>,
  folder: string = podFolder,
): KubeAccess | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = environment;
  if (!host) return undefined;
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    tls: { ca: readIn('the service account', `${folder}/ca.crt`) },
    authorization: () => `Bearer ${readIn('the service account', `${folder}/token`).trim()}`,
  };
}

function readIn(config: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Refusal('kubeconfig_unusable', { path: config, reason: `cannot read ${path} (${reason})` });
  }
}

/**
 * The access that a kubeconfig gives, by its current context or another. Throws `kubeconfig_unusable`, and
 * `kubeconfig_program` where it would run a program to sign in: a file that somebody hands over must not do that.
 */
export function readKubeconfig(path: string, context?: string): KubeAccess {
  const config = readYaml(path);
  const wanted = context ?? textAt(config, 'current-context');
  const named = (list: string, item: string, name: string): Part => {
    const found = partsAt(config, list).find((one) => one['name'] === name);
    if (!found) throw unusable(path, `it has no ${item} ${name}`.trimEnd());
    return partAt(found, item);
  };
  const chosen = named('contexts', 'context', wanted);
  const cluster = named('clusters', 'cluster', textAt(chosen, 'cluster'));
  const user = named('users', 'user', textAt(chosen, 'user'));
  refusePrograms(path, user, textAt(chosen, 'user'));
  if (textAt(cluster, 'proxy-url')) throw unusable(path, 'proxies are not supported');
  return {
    server: serverOf(path, cluster),
    tls: tlsOf(path, cluster, user),
    authorization: authorizationOf(path, user),
  };
}

const unusable = (path: string, reason: string): Refusal =>
  new Refusal('kubeconfig_unusable', { path, reason });

function readYaml(path: string): unknown {
  const text = readIn(path, path);
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch {
    // The text is full of secrets, and messages of parsers quote it.
    throw unusable(path, 'it is not YAML');
  }
}

function refusePrograms(path: string, user: Part, name: string): void {
  if (user['exec'] !== undefined || user['auth-provider'] !== undefined)
    throw new Refusal('kubeconfig_program', { path, user: name });
}

function serverOf(path: string, cluster: Part): string {
  const server = textAt(cluster, 'server');
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw unusable(path, 'its cluster has no address');
  return url.href.replace(/\/$/, '');
}

function tlsOf(path: string, cluster: Part, user: Part): KubeAccess['tls'] {
  const pem = (part: Part, key: string): string | undefined => {
    const data = textAt(part, `${key}-data`);
    if (data !== '') return Buffer.from(data, 'base64').toString();
    const file = textAt(part, key);
    return file === '' ? undefined : readIn(path, resolve(dirname(path), file));
  };
  return {
    ...given('ca', pem(cluster, 'certificate-authority')),
    ...given('cert', pem(user, 'client-certificate')),
    ...given('key', pem(user, 'client-key')),
    ...given('servername', textAt(cluster, 'tls-server-name') || undefined),
    ...(cluster['insecure-skip-tls-verify'] === true ? { rejectUnauthorized: false } : {}),
  };
}

function authorizationOf(path: string, user: Part): KubeAccess['authorization'] {
  const file = textAt(user, 'tokenFile');
  if (file !== '') return () => `Bearer ${readIn(path, resolve(dirname(path), file)).trim()}`;
  const token = textAt(user, 'token');
  if (token !== '') return () => `Bearer ${token}`;
  const name = textAt(user, 'username');
  if (name === '') return () => undefined;
  const basic = Buffer.from(`${name}:${textAt(user, 'password')}`).toString('base64');
  return () => `Basic ${basic}`;
}
