import { isIP } from 'node:net';
import { withoutPassword } from '../cli/hub/server-address.ts';
import { checkEmail } from '../domain/people/account-text.ts';
import { registryHost } from '../domain/verification/registry-host.ts';
import type { NamedRegistry } from '../outbound/registry-call.ts';
import { type Given, invalid, listOf, textOf } from './given-setting.ts';

/** A port; `usual` when none was given, and 0 for any that is free. */
export function readPort(given: Given | undefined, usual = 7420): number {
  if (given === undefined) return usual;
  const port = /^\d{1,5}$/.test(String(given.value)) ? Number(given.value) : 65_536;
  if (port > 65_535) throw invalid(given, `${String(given.value)} is no number from 0 to 65535`);
  return port;
}

/** The origin of an address without a path. */
export function readPublicUrl(given: Given | undefined): string | undefined {
  if (given === undefined) return undefined;
  const text = String(given.value);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url?.pathname === '/' && `${url.search}${url.hash}${url.username}${url.password}` === '';
  if (!url || !plain || !['http:', 'https:'].includes(url.protocol))
    throw invalid(
      given,
      `${withoutPassword(text)} is no address such as https://knowngood.example.com, without a path`,
    );
  return url.origin;
}

/** An address to listen on, without brackets; this machine alone when none was given. */
export function readHost(given: Given | undefined): string {
  const host = textOf(given) ?? '127.0.0.1';
  const plain = host.replace(/^\[(.*)\]$/, '$1');
  if (given !== undefined && isIP(plain) === 0 && !/^[\w.-]+$/.test(plain))
    throw invalid(given, `${host} is no address to listen on`);
  return plain;
}

/** The e-mail address of the first owner. */
export function readOwner(given: Given | undefined): string {
  const email = textOf(given) ?? 'admin@localhost';
  if (given !== undefined && !checkEmail(email).allowed)
    throw invalid(given, `${email} is not an e-mail address`);
  return email;
}

/** A person as Git writes one. */
export function readCommitter(given: Given | undefined): { readonly name: string; readonly email: string } {
  if (given === undefined) return { name: 'Knowngood', email: 'knowngood@localhost' };
  const [, name = '', email = ''] = /^([^<>\n]*[^<>\s]) *<([^<>\s]+)>$/.exec(String(given.value)) ?? [];
  if (name === '' || !checkEmail(email).allowed)
    throw invalid(given, `${String(given.value)} is not like 'Name <name@example.com>'`);
  return { name, email };
}

/** Only whoever is on this machine reaches such a host. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/i.test(host);

/** Registries as images name them. */
export const readRegistries = (given: Given | undefined): readonly NamedRegistry[] =>
  listOf(given).map((text) => {
    const [, scheme, host] =
      /^(https?:\/\/)?([a-z0-9]+(?:[.-]+[a-z0-9]+)*(?::\d{1,5})?)$/.exec(text.toLowerCase()) ?? [];
    if (host === undefined)
      throw invalid(
        given ?? { name: '' },
        `${text} is no registry such as ghcr.io or images.example.com:5000`,
      );
    return { host: registryHost(host), plainHttp: scheme === 'http://' };
  });
