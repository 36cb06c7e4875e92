import { z } from 'zod';
import { Refusal } from '../domain/refusal/refusal.ts';
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

/** Docker Hub has many names, and Docker writes the longest. */
const hubNames = new Set(['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);

/** The host of a key under `auths`, which may be an address with a path. */
function hostOf(key: string): string {
  const host = key
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/, '')
    .toLowerCase();
  return hubNames.has(host) ? 'docker.io' : host;
}

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
  return new Map(
    Object.entries(auths).map(([key, entry]) => {
      const host = hostOf(key);
      if (!/^[a-z0-9]+(?:[.-]+[a-z0-9]+)*(?::\d{1,5})?$/.test(host))
        throw refuse('auths has a key that is no registry such as ghcr.io');
      const credential = credentialOf(entry);
      if (!credential)
        throw refuse(
          `auths of ${host} has neither auth (base64 of NAME:PASSWORD), nor username with password, nor identitytoken`,
        );
      return [host, credential];
    }),
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
