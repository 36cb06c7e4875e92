import type { Command } from 'commander';
import { type ProgramOption, type ProgramWords, addProgramOptions } from './program-option.ts';

/** Every option of the server, by the name under which its value is read. */
export const serverOptions = {
  data: {
    flags: '--data <dir>',
    variable: 'KNOWNGOOD_DATA',
    about: 'the folder that keeps everything (default: ./data)',
  },
  port: { flags: '--port <number>', variable: 'KNOWNGOOD_PORT', about: 'default: 7420; 0 takes any' },
  host: {
    flags: '--host <address>',
    variable: 'KNOWNGOOD_HOST',
    about: 'where to listen (default: 127.0.0.1, for this machine alone)',
  },
  publicUrl: {
    flags: '--public-url <url>',
    variable: 'KNOWNGOOD_PUBLIC_URL',
    about: 'the address that people use, if another',
  },
  database: {
    flags: '--database <url>',
    variable: 'KNOWNGOOD_DATABASE',
    about: 'postgres://USER@HOST/NAME, or file:PATH (default: a file in the data folder)',
  },
  demo: {
    flags: '--no-demo',
    variable: 'KNOWNGOOD_DEMO',
    about: 'without the demo of a first start; also off unless it is for this machine alone and on a file',
  },
  owner: {
    flags: '--owner <email>',
    variable: 'KNOWNGOOD_OWNER',
    about: 'whom the link for the first owner is for (default: admin@localhost)',
  },
  plan: {
    flags: '--plan <name>',
    variable: 'KNOWNGOOD_PLAN',
    about: 'free, pro or enterprise (default), until an owner changes it',
  },
  switchOff: {
    flags: '--switch-off <feature>',
    variable: 'KNOWNGOOD_SWITCH_OFF',
    about: 'a feature that nobody gets, whatever the plan',
    many: true,
  },
  passwordSignIn: {
    flags: '--no-password-sign-in',
    variable: 'KNOWNGOOD_PASSWORD_SIGN_IN',
    about: 'people come in through identity providers only',
  },
  oidcFile: {
    flags: '--oidc-file <file>',
    variable: 'KNOWNGOOD_OIDC_FILE',
    about: 'identity providers as JSON; KNOWNGOOD_OIDC holds the same as text',
  },
  trustedProxy: {
    flags: '--trusted-proxy <network>',
    variable: 'KNOWNGOOD_TRUSTED_PROXY',
    about: 'a proxy, by address or network, whose X-Forwarded headers are believed',
    many: true,
  },
  tlsKey: { flags: '--tls-key <file>', variable: 'KNOWNGOOD_TLS_KEY', about: 'serve https, with this key' },
  tlsCert: { flags: '--tls-cert <file>', variable: 'KNOWNGOOD_TLS_CERT', about: 'and this certificate' },
  agentPort: {
    flags: '--agent-port <number>',
    variable: 'KNOWNGOOD_AGENT_PORT',
    about: 'where cluster agents connect (default: the port after --port, 7421); 0 takes any',
  },
  agentHost: {
    flags: '--agent-host <address>',
    variable: 'KNOWNGOOD_AGENT_HOST',
    about: 'where to listen for agents (default: 127.0.0.1, for this machine alone)',
  },
  agentTlsKey: {
    flags: '--agent-tls-key <file>',
    variable: 'KNOWNGOOD_AGENT_TLS_KEY',
    about: 'let agents in by TLS, with this key',
  },
  agentTlsCert: {
    flags: '--agent-tls-cert <file>',
    variable: 'KNOWNGOOD_AGENT_TLS_CERT',
    about: 'and this certificate',
  },
  allowGitNetwork: {
    flags: '--allow-git-network <network>',
    variable: 'KNOWNGOOD_ALLOW_GIT_NETWORK',
    about: 'a private network whose Git hosts may be connected',
    many: true,
  },
  plainHttpGit: {
    flags: '--plain-http-git',
    variable: 'KNOWNGOOD_PLAIN_HTTP_GIT',
    about: 'also by http without TLS',
  },
  allowWebhookNetwork: {
    flags: '--allow-webhook-network <network>',
    variable: 'KNOWNGOOD_ALLOW_WEBHOOK_NETWORK',
    about: 'a private network that webhooks may go to',
    many: true,
  },
  plainHttpWebhooks: {
    flags: '--plain-http-webhooks',
    variable: 'KNOWNGOOD_PLAIN_HTTP_WEBHOOKS',
    about: 'also by http without TLS',
  },
  askRegistry: {
    flags: '--ask-registry <registry>',
    variable: 'KNOWNGOOD_ASK_REGISTRY',
    about: 'a registry that is asked for images and charts, such as ghcr.io; http://HOST for one without TLS',
    many: true,
  },
  registryAuth: {
    flags: '--registry-auth <file>',
    variable: 'KNOWNGOOD_REGISTRY_AUTH',
    about: 'credentials for them, as Docker keeps them in config.json, under auths',
  },
  committer: {
    flags: '--committer <person>',
    variable: 'KNOWNGOOD_COMMITTER',
    about: "committer of every commit (default: 'Knowngood <knowngood@localhost>')",
  },
  signingKey: {
    flags: '--signing-key <file>',
    variable: 'KNOWNGOOD_SIGNING_KEY',
    about: 'an SSH key that signs them',
  },
  metricsTokenFile: {
    flags: '--metrics-token-file <file>',
    variable: 'KNOWNGOOD_METRICS_TOKEN_FILE',
    about: 'who shows what is in it may read /metrics; else only this machine',
  },
  log: {
    flags: '--log <file>',
    variable: 'KNOWNGOOD_LOG',
    about: 'JSON lines (default: server.log in the data folder); - is stdout',
  },
  logLevel: {
    flags: '--log-level <level>',
    variable: 'KNOWNGOOD_LOG_LEVEL',
    about: 'debug, info (default), warn or error',
  },
} as const satisfies Record<string, ProgramOption>;

export type ServerOptionName = keyof typeof serverOptions;

export type ServerWords = ProgramWords<ServerOptionName>;

/** Gives a command all of them. */
export const addServerOptions = (command: Command): Command => addProgramOptions(command, serverOptions);
