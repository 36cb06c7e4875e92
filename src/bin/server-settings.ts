import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import type { GitHostSettings } from '../app/hub.ts';
import { checkEmail } from '../domain/account-text.ts';
import { type FeatureFlag, type PlanName, featureFlags, plans } from '../domain/features.ts';
import { Refusal } from '../domain/refusal.ts';
import type { LogSink } from '../http/request-log.ts';
import { networkList } from '../outbound/address-guard.ts';
import type { AllowedNetworks } from '../outbound/read-target.ts';
import {
  type ServerOption,
  type ServerOptionName,
  type ServerWords,
  serverOptions,
} from './server-options.ts';

/** How this server was asked to be. Files are named here and not read yet. */
export interface ServerSettings {
  readonly dataDir: string;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Without a path; undefined when nobody named one. */
  readonly publicUrl: string | undefined;
  readonly database: string;
  /** A first start may add the demo. */
  readonly demo: boolean;
  readonly owner: string;
  readonly plan: PlanName;
  readonly switchedOff: readonly FeatureFlag[];
  readonly passwordSignIn: boolean;
  readonly oidc: SettingText | undefined;
  readonly trustedProxies: readonly string[];
  readonly tls: { readonly key: SettingFile; readonly cert: SettingFile } | undefined;
  readonly gitHosts: GitHostSettings;
  readonly webhooks: AllowedNetworks;
  readonly committer: { readonly name: string; readonly email: string };
  readonly signingKey: string | undefined;
  readonly metricsToken: SettingText | undefined;
  /** base64; undefined: the one in the data folder. */
  readonly secretKey: string | undefined;
  /** A path, or `-` for stdout. */
  readonly log: string;
  readonly logLevel: LogSink['level'];
}

/** A file, and by what it was named. */
export interface SettingFile {
  readonly setting: string;
  readonly path: string;
}

/** A text that was given itself, or as a file that holds it. */
export type SettingText = { readonly text: string } | SettingFile;

export type Environment = Readonly<Record<string, string | undefined>>;

/** One value and what the person called it, for messages. */
interface Given {
  readonly name: string;
  readonly value: string | boolean;
}

const invalid = ({ name }: Pick<Given, 'name'>, reason: string): Refusal =>
  new Refusal('setting_invalid', { setting: name, reason });

const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

type Find = (name: ServerOptionName) => Given | undefined;

/** A word wins over a variable; an empty variable is none. */
const finder =
  (words: ServerWords, environment: Environment): Find =>
  (name) => {
    const { flags, variable }: ServerOption = serverOptions[name];
    const word = words[name];
    // Commander says true for a `--no-…` that nobody typed.
    if (word !== undefined && !(flags.startsWith('--no-') && word === true))
      return { name: flags.split(' ')[0] ?? flags, value: word };
    const set = nonEmpty(environment[variable]);
    return set === undefined ? undefined : { name: variable, value: set };
  };

function readSwitch(given: Given | undefined, otherwise: boolean): boolean {
  if (given === undefined) return otherwise;
  if (typeof given.value === 'boolean') return given.value;
  if (/^(true|on|yes|1)$/i.test(given.value)) return true;
  if (/^(false|off|no|0)$/i.test(given.value)) return false;
  throw invalid(given, `${given.value} is neither true nor false`);
}

const textOf = (given: Given | undefined): string | undefined =>
  given === undefined ? undefined : String(given.value);

function readChoice<T extends string>(given: Given | undefined, choices: readonly T[], otherwise: T): T {
  if (given === undefined) return otherwise;
  const chosen = choices.find((choice) => choice === given.value);
  if (chosen === undefined) throw invalid(given, `${String(given.value)} is none of ${choices.join(', ')}`);
  return chosen;
}

const listOf = (given: Given | undefined): readonly string[] =>
  (textOf(given) ?? '').split(/[,\s]+/).filter((item) => item !== '');

function readNetworks(given: Given | undefined): readonly string[] {
  const networks = listOf(given);
  for (const network of networks) {
    try {
      networkList([network]);
    } catch {
      throw invalid(given ?? { name: '' }, `${network} is no address and no network such as 10.0.0.0/8`);
    }
  }
  return networks;
}

function readPort(given: Given | undefined): number {
  if (given === undefined) return 7420;
  const port = /^\d{1,5}$/.test(String(given.value)) ? Number(given.value) : 65_536;
  if (port > 65_535) throw invalid(given, `${String(given.value)} is no number from 0 to 65535`);
  return port;
}

function readPublicUrl(given: Given | undefined): string | undefined {
  if (given === undefined) return undefined;
  const text = String(given.value);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url?.pathname === '/' && `${url.search}${url.hash}${url.username}${url.password}` === '';
  if (!url || !plain || !['http:', 'https:'].includes(url.protocol))
    throw invalid(given, `${text} is no address such as https://knowngood.example.com, without a path`);
  return url.origin;
}

function readHost(given: Given | undefined): string {
  const host = textOf(given) ?? '127.0.0.1';
  const plain = host.replace(/^\[(.*)\]$/, '$1');
  if (given !== undefined && isIP(plain) === 0 && !/^[\w.-]+$/.test(plain))
    throw invalid(given, `${host} is no address to listen on`);
  return plain;
}

function readDatabase(given: Given | undefined, dataDir: string): string {
  if (given === undefined) return `file:${join(dataDir, 'hub.db')}`;
  const text = String(given.value);
  // The text may hold a password: it is not repeated.
  if (!/^(file:.|postgres(ql)?:\/\/.)/.test(text)) throw new Refusal('database_url');
  return text;
}

function readOwner(given: Given | undefined): string {
  const email = textOf(given) ?? 'admin@localhost';
  if (given !== undefined && !checkEmail(email).allowed)
    throw invalid(given, `${email} is not an e-mail address`);
  return email;
}

function readCommitter(given: Given | undefined): ServerSettings['committer'] {
  if (given === undefined) return { name: 'Knowngood', email: 'knowngood@localhost' };
  const [, name = '', email = ''] = /^([^<>\n]*[^<>\s]) *<([^<>\s]+)>$/.exec(String(given.value)) ?? [];
  if (name === '' || !checkEmail(email).allowed)
    throw invalid(given, `${String(given.value)} is not like 'Name <name@example.com>'`);
  return { name, email };
}

function readTls(key: Given | undefined, cert: Given | undefined): ServerSettings['tls'] {
  if (key !== undefined && cert !== undefined) return { key: fileOf(key), cert: fileOf(cert) };
  if (key !== undefined) throw invalid(key, 'needs --tls-cert too');
  if (cert !== undefined) throw invalid(cert, 'needs --tls-key too');
  return undefined;
}

const fileOf = ({ name, value }: Given): SettingFile => ({ setting: name, path: String(value) });

/** The text of a variable, else the file that an option names. */
function readText(text: string | undefined, file: Given | undefined): SettingText | undefined {
  const given = nonEmpty(text);
  return given === undefined ? file && fileOf(file) : { text: given };
}

/** Only whoever is on this machine reaches such a host. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/i.test(host);

const flagsOff = (given: Given | undefined): readonly FeatureFlag[] =>
  listOf(given).map((flag) =>
    readChoice({ name: given?.name ?? '', value: flag }, featureFlags, 'basic_rollback'),
  );

/** The settings that these words and variables stand for. Throws `setting_invalid` or `database_url`. */
export function readServerSettings(
  words: ServerWords,
  environment: Environment,
  cwd: string,
): ServerSettings {
  const find = finder(words, environment);
  const dataDir = resolve(cwd, textOf(find('data')) ?? 'data');
  const host = readHost(find('host'));
  const publicUrl = readPublicUrl(find('publicUrl'));
  const database = readDatabase(find('database'), dataDir);
  // Its passwords are known to everybody: it is for one person on one machine.
  const demoFits =
    isLoopback(host) &&
    (publicUrl === undefined || isLoopback(new URL(publicUrl).hostname)) &&
    database.startsWith('file:');
  const log = textOf(find('log')) ?? join(dataDir, 'server.log');
  const signingKey = textOf(find('signingKey'));
  return {
    dataDir,
    host,
    port: readPort(find('port')),
    publicUrl,
    database,
    demo: readSwitch(find('demo'), true) && demoFits,
    owner: readOwner(find('owner')),
    plan: readChoice(find('plan'), plans, 'enterprise'),
    switchedOff: flagsOff(find('switchOff')),
    passwordSignIn: readSwitch(find('passwordSignIn'), true),
    oidc: readText(environment['KNOWNGOOD_OIDC'], find('oidcFile')),
    trustedProxies: readNetworks(find('trustedProxy')),
    tls: readTls(find('tlsKey'), find('tlsCert')),
    gitHosts: {
      networks: readNetworks(find('allowGitNetwork')),
      plainHttp: readSwitch(find('plainHttpGit'), false),
    },
    webhooks: {
      networks: readNetworks(find('allowWebhookNetwork')),
      plainHttp: readSwitch(find('plainHttpWebhooks'), false),
    },
    committer: readCommitter(find('committer')),
    signingKey: signingKey === undefined ? undefined : resolve(cwd, signingKey),
    metricsToken: readText(environment['KNOWNGOOD_METRICS_TOKEN'], find('metricsTokenFile')),
    secretKey: nonEmpty(environment['KNOWNGOOD_SECRET_KEY']),
    log: log === '-' ? log : resolve(cwd, log),
    logLevel: readChoice(find('logLevel'), ['debug', 'info', 'warn', 'error', 'silent'], 'info'),
  };
}
