import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Repository } from './repository.ts';

/** How we sign in at a remote; all of it secret but the host keys. */
export type RemoteCredential =
  | { readonly kind: 'none' }
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'ssh_key'; readonly privateKey: string; readonly hostKeys: readonly string[] };

/** A remote whose host was looked up: git dials `address` and nothing else. */
export interface RemoteTarget {
  readonly url: string;
  readonly protocol: 'https' | 'http' | 'ssh';
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly credential: RemoteCredential;
}

/**
 * Runs `work` on the same repository with all that git needs to reach this one remote, and only it: no redirects, no
 * other protocol, no key or helper of this machine, only the host keys that were given.
 */
export async function withRemote<T>(
  repository: Repository,
  target: RemoteTarget,
  work: (repository: Repository) => Promise<T>,
): Promise<T> {
  const common = { GIT_ALLOW_PROTOCOL: target.protocol, GIT_ASKPASS: '', SSH_ASKPASS: '' };
  if (target.protocol !== 'ssh')
    return work({ ...repository, env: { ...repository.env, ...common, ...webConfig(target) } });
  const folder = await mkdtemp(join(tmpdir(), 'knowngood-ssh-'));
  try {
    const command = await sshCommand(folder, target);
    return await work({ ...repository, env: { ...repository.env, ...common, GIT_SSH_COMMAND: command } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function webConfig(target: RemoteTarget): Readonly<Record<string, string>> {
  const { host, port, address, credential } = target;
  const settings: [string, string][] = [
    ['credential.helper', ''],
    ['http.followRedirects', 'false'],
    ['http.sslVerify', 'true'],
    ['http.curloptResolve', `${host.replace(/^\[(.*)\]$/, '$1')}:${port}:${bracketed(address)}`],
    ['http.lowSpeedLimit', '100'],
    ['http.lowSpeedTime', '60'],
  ];
  if (credential.kind === 'password') {
    const pair = Buffer.from(`${credential.username}:${credential.password}`).toString('base64');
    settings.push(['http.extraHeader', `Authorization: Basic ${pair}`]);
  }
  // By the environment, for everybody on this machine can read the arguments of a process.
  return Object.fromEntries([
    ['GIT_CONFIG_COUNT', String(settings.length)],
    ...settings.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]) as Record<string, string>;
}

const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/** Files and options of ours alone: neither the configuration nor the keys of this machine's user count. */
async function sshCommand(folder: string, target: RemoteTarget): Promise<string> {
  const { host, address, credential } = target;
  const known = join(folder, 'known_hosts');
  const key = join(folder, 'key');
  const given = credential.kind === 'ssh_key' ? credential : undefined;
  await writeFile(known, (given?.hostKeys ?? []).map((line) => `${line}\n`).join(''), { mode: 0o600 });
  await writeFile(key, given === undefined ? '' : `${given.privateKey.trimEnd()}\n`, { mode: 0o600 });
  const options = {
    BatchMode: 'yes',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: quoted(known),
    GlobalKnownHostsFile: '/dev/null',
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    HostName: address,
    HostKeyAlias: host,
    CheckHostIP: 'no',
    ConnectTimeout: '20',
    ServerAliveInterval: '15',
    PermitLocalCommand: 'no',
    ClearAllForwardings: 'yes',
  };
  const words = Object.entries(options).map(([name, value]) => `-o ${name}=${value}`);
  return `ssh -F /dev/null -i ${quoted(key)} ${words.join(' ')}`;
}

const quoted = (path: string): string => `'${path.replaceAll("'", String.raw`'\''`)}'`;
