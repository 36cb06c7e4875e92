import { resolve } from 'node:path';
import { withoutPassword } from '../cli/hub/server-address.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { type AgentOptionName, type AgentWords, agentOptions } from './agent-options.ts';
import { type Given, invalid, listOf, readSwitch, textOf } from './given-setting.ts';
import { type Environment, nonEmpty, settingFinder } from './program-option.ts';
import type { SettingFile, SettingText } from './server-settings.ts';

/** How this agent was asked to be. Files are named here and not read yet. */
export interface AgentSettings {
  /** `host:port` */
  readonly hub: string;
  /** Undefined: without TLS. */
  readonly tls: { readonly ca: SettingFile | undefined } | undefined;
  readonly cluster: { readonly name: string; readonly provider: string; readonly region: string };
  readonly tokenFile: string;
  readonly registrationToken: SettingText | undefined;
  /** Undefined: the service account of the pod. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly namespaces: readonly string[];
  readonly intervalSeconds: number;
  readonly fieldDrift: boolean;
  readonly serverDryRun: boolean;
  readonly allowSync: boolean;
}

/** The settings that these words and variables stand for. Throws `agent_hub_required` or `setting_invalid`. */
export function readAgentSettings(words: AgentWords, environment: Environment, cwd: string): AgentSettings {
  const find = settingFinder(agentOptions, words, environment);
  const text = (name: AgentOptionName): string => textOf(find(name)) ?? '';
  const path = (name: AgentOptionName): string | undefined => {
    const given = textOf(find(name));
    return given === undefined ? undefined : resolve(cwd, given);
  };
  const plaintext = readSwitch(find('plaintext'), false);
  return {
    hub: readHub(find('hub')),
    tls: plaintext ? undefined : { ca: fileOf(find('hubCa'), cwd) },
    cluster: { name: text('cluster') || 'default', provider: text('provider'), region: text('region') },
    tokenFile: path('tokenFile') ?? resolve(cwd, 'knowngood-agent.token'),
    registrationToken: tokenOf(environment, fileOf(find('registrationTokenFile'), cwd)),
    kubeconfig: path('kubeconfig'),
    context: textOf(find('context')),
    namespaces: listOf(find('namespace')),
    intervalSeconds: readInterval(find('interval')),
    fieldDrift: readSwitch(find('fieldDrift'), false),
    serverDryRun: readSwitch(find('serverDryRun'), false),
    allowSync: readSwitch(find('allowSync'), false),
  };
}

/** Without a port it is the usual one. */
function readHub(given: Given | undefined): string {
  const text = textOf(given);
  if (given === undefined || text === undefined) throw new Refusal('agent_hub_required');
  const [, host, port = '7421'] = /^(\[[\da-f:]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  if (host === undefined)
    throw invalid(given, `${withoutPassword(text)} is no address such as hub.example.com:7421`);
  return `${host}:${port}`;
}

function readInterval(given: Given | undefined): number {
  if (given === undefined) return 30;
  const seconds = /^\d{1,4}$/.test(String(given.value)) ? Number(given.value) : 0;
  if (seconds < 1 || seconds > 3600)
    throw invalid(given, `${String(given.value)} is no number of seconds from 1 to 3600`);
  return seconds;
}

const fileOf = (given: Given | undefined, cwd: string): SettingFile | undefined =>
  given && { setting: given.name, path: resolve(cwd, String(given.value)) };

function tokenOf(environment: Environment, file: SettingFile | undefined): SettingText | undefined {
  const text = nonEmpty(environment['KNOWNGOOD_AGENT_REGISTRATION_TOKEN']);
  return text === undefined ? file : { text };
}
