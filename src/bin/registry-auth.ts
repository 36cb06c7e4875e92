import { z } from 'zod';
import { Refusal } from '../domain/refusal/refusal.ts';
import { registryHost } from '../domain/verification/registry-host.ts';
import type { NamedRegistry, RegistryCredential } from '../outbound/registry-call.ts';

/** Docker's own file has a few hundred. */
export const mostAuthBytes = 256 * 1024;

const text = z.string().min(1).max(16_384);

const account = z.looseObject({
  auth: text.optional(),
  username: text.optional(),
  password: text.optional(),
  identitytoken: text.optional(),
});

const config = z.looseObject({
  auths: z.record(z.string(), account),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
});

/** A key under `auths`: the host of a registry, or an address of it with a path. */
function readKey(key: string): { readonly host: string; readonly path: string } {
  const [host = '', ...path] = key.replace(/^https?:\/\//i, '').split('/');
  return { host: registryHost(host), path: path.join('/') };
}

/** Where the protocol begins: still the whole registry. */
const wholeRegistry = /^(?:v[12]\/?)?$/;
/** Docker Desktop keeps more than credentials of the registry under its name. */
const dockersOwn = /^v1\/(?:access|refresh)-token$/;

/**
 * The credentials of a JSON text as Docker keeps it in config.json, by the host of their registry. Throws
 * `setting_invalid`, which repeats no secret.
 */
export function readRegistryAuth(setting: string, json: string): ReadonlyMap<string, RegistryCredential> {
  const refuse = (reason: string): Refusal => new Refusal('setting_invalid', { setting, reason });
  const parsed = config.safeParse(parseJson(json, refuse));
  if (!parsed.success) {
    // A path would hold the key, which some take for a place to write a name and a password.
    const wrong = parsed.error.issues[0]?.path[0] ?? 'the file';
    throw refuse(`${String(wrong)} is not as Docker writes it, such as {"auths":{"ghcr.io":{"auth":"…"}}}`);
  }
  const { auths, credsStore = '', credHelpers = {} } = parsed.data;
  if (credsStore !== '' || Object.keys(credHelpers).length > 0)
    throw refuse(
      'names a credential helper (credsStore, credHelpers), and none is run; write auth, or username and password, under auths',
    );
  const found = new Map<string, RegistryCredential>();
  for (const [key, entry] of Object.entries(auths)) {
    const { host, path } = readKey(key);
    if (dockersOwn.test(path)) continue;
    if (!/^[a-z0-9]+(?:[.-]+[a-z0-9]+)*(?::\d{1,5})?$/.test(host))
      throw refuse('auths has a key that is no registry such as ghcr.io');
    if (!wholeRegistry.test(path))
      throw refuse(`auths has a part of ${host}; a credential is for a whole registry, name that`);
    if (found.has(host)) throw refuse(`auths has ${host} twice; keep one of them`);
    found.set(host, credentialIn(entry, host, refuse));
  }
  return found;
}

function credentialIn(
  entry: z.infer<typeof account>,
  host: string,
  refuse: (reason: string) => Refusal,
): RegistryCredential {
  const credential = credentialOf(entry);
  if (credential) return credential;
  throw refuse(
    `auths of ${host} has neither auth (base64 of NAME:PASSWORD), nor username with password, nor identitytoken`,
  );
}

function credentialOf(entry: z.infer<typeof account>): RegistryCredential | undefined {
  if (entry.identitytoken !== undefined) return { kind: 'identity', token: entry.identitytoken };
  const { username, password } = entry;
  const told = username !== undefined && password !== undefined ? `${username}:${password}` : undefined;
  const pair = entry.auth === undefined ? told : Buffer.from(entry.auth, 'base64').toString('utf8');
  const [, name, secret] = /^([^:\p{Cc}]+):(\P{Cc}+)$/u.exec(pair ?? '') ?? [];
  if (name === undefined || secret === undefined) return undefined;
  return { kind: 'password', username: name, password: secret };
}

function parseJson(json: string, refuse: (reason: string) => Refusal): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw refuse('is not JSON');
  }
}

/** The registries that are asked, each with its own credential where there is one. */
export const withCredentials = (
  registries: readonly NamedRegistry[],
  credentials: ReadonlyMap<string, RegistryCredential>,
): readonly NamedRegistry[] =>
  registries.map((each) => ({ ...each, credential: credentials.get(each.host) }));
