import { z } from 'zod';
import { argoApplication } from './argo-application.ts';
import {
  wireCapabilities,
  wireCount,
  wireList,
  wireMoment,
  wireName,
  wireProse,
  wireTexts,
} from './wire-parts.ts';

/** Sent at each tick. `clusterId` is what the agent believes; whose report it is, its token tells. */
export const heartbeat = z.object({
  clusterId: wireName,
  agentVersion: wireName,
  capabilities: wireCapabilities,
  timestamp: wireMoment,
});

export const inventorySnapshot = z.object({
  timestamp: wireMoment,
  summary: z.object({
    clusterName: wireName,
    namespaceCount: wireCount,
    nodeCount: wireCount,
    readyNodeCount: wireCount,
    podCount: wireCount,
    deploymentCount: wireCount,
    kubernetesVersion: wireName,
  }),
  resources: wireList(
    z.object({ kind: wireName, namespace: wireName, name: wireName, status: wireName, labels: wireTexts }),
    50_000,
  ),
});

export const argoApplicationStatus = z.object({
  timestamp: wireMoment,
  applications: wireList(argoApplication, 5_000),
});

/** `details` is whatever the agent found worth telling: JSON, kept as it is. */
export const driftFinding = z.object({
  id: wireName,
  severity: wireName,
  scope: wireName,
  kind: wireName,
  namespace: wireName,
  name: wireName,
  summary: wireProse,
  desiredVersion: wireProse,
  liveVersion: wireProse,
  detectedAt: wireMoment,
  details: z.unknown().optional(),
});

export const driftReport = z.object({ timestamp: wireMoment, findings: wireList(driftFinding, 10_000) });

export const commandAck = z.object({
  commandId: wireName,
  status: wireName,
  message: wireProse,
  timestamp: wireMoment,
});

/** What became of a command. `completed` says that it was carried out, and nothing about sync or health. */
export const commandResult = commandAck.extend({ error: wireProse, result: z.unknown().optional() });

export const credentialSyncResult = z.object({
  version: z.union([z.string().max(512), z.number()]).nullish(),
  status: wireName,
  message: wireProse,
  namespace: wireName,
  secretName: wireName,
  timestamp: wireMoment,
});

export type Heartbeat = z.output<typeof heartbeat>;
export type InventorySnapshot = z.output<typeof inventorySnapshot>;
export type ArgoApplicationStatus = z.output<typeof argoApplicationStatus>;
export type DriftReport = z.output<typeof driftReport>;
export type DriftFinding = z.output<typeof driftFinding>;
export type CommandAck = z.output<typeof commandAck>;
export type CommandResult = z.output<typeof commandResult>;
