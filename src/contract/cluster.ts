import { z } from 'zod';
import { line, segment, slug, timestamp } from './primitives.ts';

/** `waiting`: its agent never came. `lagging`: not heard for a minute. `offline`: not for five. */
export const clusterState = z.enum(['waiting', 'connected', 'lagging', 'offline']);

const place = z.object({ project: z.string(), tenant: z.string(), environment: z.string() });

/** A cluster whose agent reports here, and the counts of what it said last. */
export const cluster = z
  .object({
    id: z.string().meta({ examples: ['cls_01JD0000000000000000000000'] }),
    name: z.string(),
    displayName: z.string(),
    provider: z.string(),
    region: z.string(),
    environment: z.string(),
    kubernetesVersion: z.string(),
    simulated: z.boolean().describe('Made up, for the demo: nothing runs there.'),
    state: clusterState,
    agent: z.object({
      version: z.string(),
      capabilities: z.array(z.string()),
      clockAheadSeconds: z
        .int()
        .nullable()
        .describe('How far its clock is ahead of the hub’s; negative: behind.'),
    }),
    counts: z
      .object({
        nodes: z.int(),
        readyNodes: z.int(),
        pods: z.int(),
        applications: z.int(),
        outOfSync: z.int(),
        unhealthy: z.int(),
        findings: z.int().nullable(),
      })
      .describe('As last reported; findings are null when drift was never reported.'),
    runs: z.array(place).describe('The tenant-environments that it runs, as far as they are known.'),
    createdAt: timestamp,
    joinedAt: timestamp.nullable(),
    seenAt: timestamp.nullable(),
  })
  .meta({ id: 'Cluster' });
export type Cluster = z.infer<typeof cluster>;

const reportTimes = {
  reportedAt: timestamp.nullable().describe('By the agent’s clock; null when there is no report yet.'),
  receivedAt: timestamp.nullable(),
};

export const clusterBinding = z
  .object({
    ...place.shape,
    application: z
      .string()
      .nullable()
      .describe('`namespace/name`; null: every Application of the cluster that reads the project.'),
    by: z.enum(['layout', 'hand']).describe('`layout`: by repository and path. `hand`: a person said so.'),
  })
  .meta({ id: 'ClusterBinding' });

export const clusterDetail = cluster
  .extend({
    bindings: z.array(clusterBinding),
    reports: z.array(z.object({ kind: z.enum(['inventory', 'applications', 'drift']), ...reportTimes })),
  })
  .meta({ id: 'ClusterDetail' });

export const clusterInput = z
  .strictObject({ name: line(100) })
  .meta({ id: 'ClusterInput', examples: [{ name: 'eu-west-1' }] });

export const registrationToken = z
  .object({
    token: z.string().describe('Shown once; an agent registers with it, once.'),
    expiresAt: timestamp,
    address: z.string().describe('Where agents connect to, as far as the hub knows.'),
  })
  .meta({ id: 'RegistrationToken' });

export const newCluster = z.object({ cluster, registration: registrationToken }).meta({ id: 'NewCluster' });

export const clusterInventory = z
  .object({
    ...reportTimes,
    summary: z
      .object({
        namespaces: z.int(),
        nodes: z.int(),
        readyNodes: z.int(),
        pods: z.int(),
        deployments: z.int(),
        kubernetesVersion: z.string(),
      })
      .nullable(),
    resources: z.array(
      z.object({
        kind: z.string(),
        namespace: z.string(),
        name: z.string(),
        status: z.string(),
        labels: z.record(z.string(), z.string()),
      }),
    ),
    total: z.int().describe('How many there are; `resources` holds at most 2,000 of them.'),
  })
  .meta({ id: 'ClusterInventory' });

export const driftFinding = z
  .object({
    id: z.string(),
    severity: z.string(),
    scope: z.string(),
    kind: z.string(),
    namespace: z.string(),
    name: z.string(),
    summary: z.string(),
    desired: z.string(),
    live: z.string(),
    detectedAt: timestamp.nullable(),
    details: z.unknown().describe('What the agent added, as it sent it.'),
  })
  .meta({ id: 'DriftFinding' });

export const clusterDrift = z
  .object({ ...reportTimes, findings: z.array(driftFinding) })
  .meta({ id: 'ClusterDrift' });

/** An Argo CD Application of a cluster; words of sync and health are Argo CD's own. */
export const application = z
  .object({
    namespace: z.string(),
    name: z.string(),
    project: z.string(),
    repoUrl: z.string(),
    path: z.string(),
    targetRevision: z.string(),
    destinationNamespace: z.string(),
    syncStatus: z.string(),
    healthStatus: z.string(),
    liveRevision: z.string(),
    automated: z.boolean(),
    lastSyncedAt: timestamp.nullable(),
    reconciledAt: timestamp.nullable(),
    operation: z
      .object({
        phase: z.string(),
        message: z.string(),
        startedAt: timestamp.nullable(),
        finishedAt: timestamp.nullable(),
      })
      .nullable(),
    conditions: z.array(z.object({ type: z.string(), message: z.string() })),
    counts: z.object({ resources: z.int(), outOfSync: z.int(), degraded: z.int() }),
    resources: z.array(
      z.object({
        group: z.string(),
        kind: z.string(),
        namespace: z.string(),
        name: z.string(),
        syncStatus: z.string(),
        healthStatus: z.string(),
        healthMessage: z.string(),
      }),
    ),
    runs: place
      .extend({ service: z.string().nullable(), by: z.enum(['layout', 'hand']) })
      .nullable()
      .describe('What it deploys; null when no project is known by its repository and path.'),
  })
  .meta({ id: 'Application' });

export const clusterApplications = z
  .object({ ...reportTimes, applications: z.array(application) })
  .meta({ id: 'ClusterApplications' });

export const bindingInput = z
  .strictObject({
    project: slug,
    tenant: segment,
    environment: segment,
    application: z
      .string()
      .max(600)
      .regex(/^[^/]+\/[^/]+$/, 'must look like argocd/api')
      .nullish(),
  })
  .meta({
    id: 'ClusterBindingInput',
    examples: [{ project: 'shop', tenant: 'acme', environment: 'production' }],
  });

export const syncInput = z
  .strictObject({
    application: z
      .string()
      .max(600)
      .regex(/^[^/]+\/[^/]+$/, 'must look like argocd/api'),
    prune: z.boolean().optional(),
    dryRun: z.boolean().optional(),
  })
  .meta({ id: 'SyncInput', examples: [{ application: 'argocd/api' }] });

/** What an agent was asked to do. `completed` means that it did, not that the cluster is well. */
export const clusterCommand = z
  .object({
    id: z.string(),
    kind: z.string(),
    status: z.enum(['pending', 'sent', 'acked', 'running', 'completed', 'failed']),
    message: z.string(),
    requestedBy: z.string(),
    createdAt: timestamp,
    expiresAt: timestamp,
  })
  .meta({ id: 'ClusterCommand' });
