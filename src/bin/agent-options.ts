import type { ProgramOption, ProgramWords } from './program-option.ts';

/** Every option of the agent, by the name under which its value is read. */
export const agentOptions = {
  hub: {
    flags: '--hub <host:port>',
    variable: 'KNOWNGOOD_AGENT_HUB',
    about: 'the address at which the hub takes agents; its port is 7421 unless set otherwise',
  },
  plaintext: {
    flags: '--plaintext',
    variable: 'KNOWNGOOD_AGENT_PLAINTEXT',
    about: 'without TLS, for a hub on the same machine or behind a mesh',
  },
  hubCa: {
    flags: '--hub-ca <file>',
    variable: 'KNOWNGOOD_AGENT_HUB_CA',
    about: 'who vouches for the hub, as PEM (default: whom this machine trusts)',
  },
  cluster: {
    flags: '--cluster <name>',
    variable: 'KNOWNGOOD_AGENT_CLUSTER',
    about: 'the name of this cluster, for people',
  },
  provider: {
    flags: '--provider <name>',
    variable: 'KNOWNGOOD_AGENT_PROVIDER',
    about: 'who runs it, such as aws or kind',
  },
  region: { flags: '--region <name>', variable: 'KNOWNGOOD_AGENT_REGION', about: 'where it is' },
  tokenFile: {
    flags: '--token-file <file>',
    variable: 'KNOWNGOOD_AGENT_TOKEN_FILE',
    about: 'keeps what lets this agent in (default: ./knowngood-agent.token)',
  },
  registrationTokenFile: {
    flags: '--registration-token-file <file>',
    variable: 'KNOWNGOOD_AGENT_REGISTRATION_TOKEN_FILE',
    about: 'the token of a first start, or as text in KNOWNGOOD_AGENT_REGISTRATION_TOKEN',
  },
  kubeconfig: {
    flags: '--kubeconfig <file>',
    variable: 'KNOWNGOOD_AGENT_KUBECONFIG',
    about: 'the way to the cluster (default: the service account of this pod)',
  },
  context: {
    flags: '--context <name>',
    variable: 'KNOWNGOOD_AGENT_CONTEXT',
    about: 'one of its contexts (default: the current one)',
  },
  namespace: {
    flags: '--namespace <name>',
    variable: 'KNOWNGOOD_AGENT_NAMESPACE',
    about: 'where Applications are (default: in any namespace)',
    many: true,
  },
  interval: {
    flags: '--interval <seconds>',
    variable: 'KNOWNGOOD_AGENT_INTERVAL',
    about: 'seconds between reports, until the hub says otherwise (default: 30)',
  },
  fieldDrift: {
    flags: '--field-drift',
    variable: 'KNOWNGOOD_AGENT_FIELD_DRIFT',
    about: 'ask by dry run which fields have drifted; needs the right to patch',
  },
  serverDryRun: {
    flags: '--server-dry-run',
    variable: 'KNOWNGOOD_AGENT_SERVER_DRY_RUN',
    about: 'let the hub ask by dry run what objects of a plan would do; needs the right to patch and create',
  },
  allowSync: {
    flags: '--allow-sync',
    variable: 'KNOWNGOOD_AGENT_ALLOW_SYNC',
    about: 'let the hub have Argo CD refresh or sync an Application; needs the right to patch Applications',
  },
} as const satisfies Record<string, ProgramOption>;

export type AgentOptionName = keyof typeof agentOptions;
export type AgentWords = ProgramWords<AgentOptionName>;
