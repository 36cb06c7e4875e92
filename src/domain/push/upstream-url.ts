import { Refusal } from '../refusal/refusal.ts';

/** The address of a repository on another Git host, in its parts. */
export interface UpstreamUrl {
  readonly url: string;
  readonly protocol: 'https' | 'http' | 'ssh';
  readonly host: string;
  readonly port: number;
  /** Of ssh only. */
  readonly user: string | undefined;
}

const host = String.raw`\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?`;
const web = new RegExp(String.raw`^(https?)://(?:([^\s/]*)@)?(${host})(?::(\d{1,5}))?(/[^\s\\?#]+)$`);
const ssh = new RegExp(String.raw`^ssh://(?:([A-Za-z0-9._-]+)@)?(${host})(?::(\d{1,5}))?(/[^\s\\]+)$`);
const short = new RegExp(String.raw`^([A-Za-z0-9._]+)@(${host}):(?!/)([^\s\\-][^\s\\]*)$`);

/**
 * Reads an address: `https://…`, `ssh://…` or `git@host:path`. Only characters that no program on the way reads in
 * another sense. Throws `name_malformed`.
 */
export function readUpstreamUrl(url: string): UpstreamUrl {
  const [, protocol, credentials, webHost = '', webPort] = web.exec(url) ?? [];
  if (credentials !== undefined)
    throw malformed(url.replace(/\/\/.*@/, '//…@'), 'a user name or password does not belong in it');
  if (protocol === 'https' || protocol === 'http')
    return {
      url,
      protocol,
      host: webHost,
      port: portOf(url, webPort, protocol === 'https' ? 443 : 80),
      user: undefined,
    };
  const [, user, sshHost, port] = ssh.exec(url) ?? [];
  if (sshHost !== undefined)
    return { url, protocol: 'ssh', host: sshHost, port: portOf(url, port, 22), user };
  const [, shortUser, shortHost] = short.exec(url) ?? [];
  if (shortHost === undefined)
    throw malformed(url, 'it has to look like https://host/path, ssh://user@host/path or git@host:path');
  return { url, protocol: 'ssh', host: shortHost, port: 22, user: shortUser };
}

function portOf(url: string, text: string | undefined, usual: number): number {
  const port = text === undefined ? usual : Number(text);
  if (port < 1 || port > 65_535) throw malformed(url, 'its port does not exist');
  return port;
}

const malformed = (name: string, reason: string): Refusal =>
  new Refusal('name_malformed', { what: 'upstream', name: name.slice(0, 200), reason });
