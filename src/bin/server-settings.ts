import { join, resolve } from 'node:path';
import type { GitHostSettings } from '../app/hub.ts';
import { type FeatureFlag, type PlanName, featureFlags, plans } from '../domain/policy/features.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { LogSink } from '../http/request-log.ts';
import type { NamedRegistry } from '../outbound/registry-call.ts';
import type { AllowedNetworks } from '../outbound/read-target.ts';
import {
  type Given,
  invalid,
  listOf,
  readChoice,
  readNetworks,
  readSwitch,
  textOf,
} from './given-setting.ts';
import { type Environment, nonEmpty, settingFinder } from './program-option.ts';
import { type ServerOptionName, type ServerWords, serverOptions } from './server-options.ts';
import {
  isLoopback,
  readCommitter,
  readHost,
  readOwner,
  readPort,
  readPublicUrl,
  readRegistries,
} from './setting-readers.ts';

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
  readonly tls: TlsFiles | undefined;
  /** Where cluster agents connect; 0: any that is free. */
  readonly agents: { readonly host: string; readonly port: number; readonly tls: TlsFiles | undefined };
  readonly gitHosts: GitHostSettings;
  readonly webhooks: AllowedNetworks;
  readonly registries: readonly NamedRegistry[];
  readonly registryAuth: SettingFile | undefined;
  readonly committer: { readonly name: string; readonly email: string };
  readonly signingKey: string | undefined;
  readonly metricsToken: SettingText | undefined;
  /** base64; undefined: the one in the data folder. */
  readonly secretKey: string | undefined;
  /** A path, or `-` for stdout. */
  readonly log: string;
  readonly logLevel: LogSink['level'];
}

export interface TlsFiles {
  readonly key: SettingFile;
  readonly cert: SettingFile;
}

/** A file, and by what it was named. */
export interface SettingFile {
  readonly setting: string;
  readonly path: string;
}

/** A text that was given itself, or as a file that holds it. */
export type SettingText = { readonly text: string } | SettingFile;

type Find = (name: ServerOptionName) => Given | undefined;

function readDatabase(given: Given | undefined, dataDir: string): string {
  if (given === undefined) return `file:${join(dataDir, 'hub.db')}`;
  const text = String(given.value);
  // The text may hold a password: it is not repeated.
  if (!/^(file:.|postgres(ql)?:\/\/.)/.test(text)) throw new Refusal('database_url');
  return text;
}

function readTls(key: Given | undefined, cert: Given | undefined, agents = ''): TlsFiles | undefined {
  if (key !== undefined && cert !== undefined) return { key: fileOf(key), cert: fileOf(cert) };
  if (key !== undefined) throw invalid(key, `needs --${agents}tls-cert too`);
  if (cert !== undefined) throw invalid(cert, `needs --${agents}tls-key too`);
  return undefined;
}

const fileOf = ({ name, value }: Given): SettingFile => ({ setting: name, path: String(value) });

/** The text of a variable, else the file that an option names. */
function readText(text: string | undefined, file: Given | undefined): SettingText | undefined {
  const given = nonEmpty(text);
  return given === undefined ? file && fileOf(file) : { text: given };
}

function readSignIn(find: Find, environment: Environment): Pick<ServerSettings, 'passwordSignIn' | 'oidc'> {
  const given = find('passwordSignIn');
  const passwordSignIn = readSwitch(given, true);
  const oidc = readText(environment['KNOWNGOOD_OIDC'], find('oidcFile'));
  if (given && !passwordSignIn && !oidc)
    throw invalid(given, 'nobody could sign in; name an identity provider with --oidc-file');
  return { passwordSignIn, oidc };
}

const flagsOff = (given: Given | undefined): readonly FeatureFlag[] =>
  listOf(given).map((flag) =>
    readChoice({ name: given?.name ?? '', value: flag }, featureFlags, 'basic_rollback'),
  );

/** The port after that of the pages: two servers on one machine are told apart by one word. Any port stays any. */
const readAgents = (find: Find, port: number): ServerSettings['agents'] => ({
  host: readHost(find('agentHost')),
  port: readPort(find('agentPort'), port === 0 ? 0 : Math.min(port + 1, 65_535)),
  tls: readTls(find('agentTlsKey'), find('agentTlsCert'), 'agent-'),
});

/** The settings that these words and variables stand for. Throws `setting_invalid` or `database_url`. */
export function readServerSettings(
  words: ServerWords,
  environment: Environment,
  cwd: string,
): ServerSettings {
  const find = settingFinder(serverOptions, words, environment);
  const dataDir = resolve(cwd, textOf(find('data')) ?? 'data');
  const host = readHost(find('host'));
  const port = readPort(find('port'));
  const publicUrl = readPublicUrl(find('publicUrl'));
  const database = readDatabase(find('database'), dataDir);
  // Its passwords are known to everybody: it is for one person on one machine.
  const demoFits =
    isLoopback(host) &&
    (publicUrl === undefined || isLoopback(new URL(publicUrl).hostname)) &&
    database.startsWith('file:');
  const log = textOf(find('log')) ?? join(dataDir, 'server.log');
  const signingKey = textOf(find('signingKey'));
  const registryAuth = find('registryAuth');
  return {
    dataDir,
    host,
    port,
    publicUrl,
    database,
    demo: readSwitch(find('demo'), true) && demoFits,
    owner: readOwner(find('owner')),
    plan: readChoice(find('plan'), plans, 'enterprise'),
    switchedOff: flagsOff(find('switchOff')),
    ...readSignIn(find, environment),
    trustedProxies: readNetworks(find('trustedProxy')),
    tls: readTls(find('tlsKey'), find('tlsCert')),
    agents: readAgents(find, port),
    gitHosts: {
      networks: readNetworks(find('allowGitNetwork')),
      plainHttp: readSwitch(find('plainHttpGit'), false),
    },
    webhooks: {
      networks: readNetworks(find('allowWebhookNetwork')),
      plainHttp: readSwitch(find('plainHttpWebhooks'), false),
    },
    registries: readRegistries(find('askRegistry')),
    registryAuth: registryAuth && fileOf(registryAuth),
    committer: readCommitter(find('committer')),
    signingKey: signingKey === undefined ? undefined : resolve(cwd, signingKey),
    metricsToken: readText(environment['KNOWNGOOD_METRICS_TOKEN'], find('metricsTokenFile')),
    secretKey: nonEmpty(environment['KNOWNGOOD_SECRET_KEY']),
    log: log === '-' ? log : resolve(cwd, log),
    logLevel: readChoice(find('logLevel'), ['debug', 'info', 'warn', 'error', 'silent'], 'info'),
  };
}
