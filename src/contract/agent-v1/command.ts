import { z } from 'zod';
import { longestObjects } from '../../domain/dry-run/server-dry-run.ts';
import { wireCount, wireFlag, wireMoment, wireName, wireProse, wireText } from './wire-parts.ts';

const workload = { namespace: wireName, kind: wireName, name: wireName };

/**
 * The commands that this hub sends, each with its members in the order in which they are hashed. The protocol knows
 * others, which go past Git: Argo CD's own rollback, deletion, direct deployment. We send none of them, ever.
 * `argoRefresh` and `dryRunObjects` are ours: they go to agents alone that say that they know them, by the capability.
 */
export const commandPayloads = {
  argoSync: z.object({
    application: wireName,
    namespace: wireName,
    project: wireName,
    prune: wireFlag,
    dryRun: wireFlag,
  }),
  argoRefresh: z.object({ application: wireName, namespace: wireName, project: wireName }),
  dryRunObjects: z.object({
    application: wireName,
    namespace: wireName,
    project: wireName,
    /** JSON: a list of objects of Kubernetes. Never a Secret. */
    objects: wireText(longestObjects),
  }),
  restartWorkload: z.object(workload),
  scaleWorkload: z.object({ ...workload, replicas: wireCount }),
  runDriftScan: z.object({ scope: wireName }),
  inspectResource: z.object({
    ...workload,
    container: wireName,
    tailLines: wireCount,
    includeEvents: wireFlag,
    includeLogs: wireFlag,
  }),
} as const;

export type CommandKind = keyof typeof commandPayloads;
export type CommandPayload<Kind extends CommandKind> = z.input<(typeof commandPayloads)[Kind]>;

/**
 * The members that Go writes into the hash though they are empty; it leaves out every other that is an empty text, zero
 * or false.
 */
export const alwaysHashed: Readonly<Record<CommandKind, readonly string[]>> = {
  argoSync: ['application'],
  argoRefresh: ['application'],
  dryRunObjects: ['application'],
  restartWorkload: ['namespace', 'kind', 'name'],
  scaleWorkload: ['namespace', 'kind', 'name', 'replicas'],
  runDriftScan: [],
  inspectResource: ['namespace', 'kind', 'name'],
};

/** What an agent has to be allowed for each command. */
export const commandCapabilities: Readonly<Record<CommandKind, string>> = {
  argoSync: 'argocd.write',
  argoRefresh: 'argocd.refresh',
  dryRunObjects: 'k8s.dryrun',
  restartWorkload: 'k8s.restart',
  scaleWorkload: 'k8s.scale',
  runDriftScan: 'observe',
  inspectResource: 'diagnostics.read',
};

const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);

/**
 * A command. Exactly one payload is there; `specHash` is the SHA-256 of `commandSpecText` in lower-case hex, and an
 * agent refuses another one, another capability and one that has expired.
 */
export const executeCommand = z.object({
  commandId: wireName,
  requiredCapability: wireName,
  /** As written: it is part of what is hashed. */
  expiresAt: z.string().max(64),
  specHash: wireName,
  requestedBy: wireName,
  argoSync: optional(commandPayloads.argoSync),
  argoRefresh: optional(commandPayloads.argoRefresh),
  dryRunObjects: optional(commandPayloads.dryRunObjects),
  restartWorkload: optional(commandPayloads.restartWorkload),
  scaleWorkload: optional(commandPayloads.scaleWorkload),
  runDriftScan: optional(commandPayloads.runDriftScan),
  inspectResource: optional(commandPayloads.inspectResource),
});
export type ExecuteCommand = z.output<typeof executeCommand>;

/** The agent shows `newToken` from its next call on. */
export const rotateToken = z.object({ commandId: wireName, newToken: wireName, timestamp: wireMoment });

export const configUpdate = z.object({
  statusIntervalSeconds: wireCount,
  capabilities: z.array(z.string().max(100)).max(100).nullish(),
});

/** Credentials for repositories. This hub hands out none; an agent answers with `credentialSyncResult`. */
export const syncCredentials = z.object({
  commandId: wireName,
  version: z.union([z.string().max(512), z.number()]).nullish(),
  bundles: z.array(z.unknown()).max(1_000).nullish(),
});

export const ping = z.object({ timestamp: wireMoment, message: wireProse });
