import { z } from 'zod';
import { wireCount, wireFlag, wireList, wireMoment, wireName, wireProse } from './wire-parts.ts';

const source = z.object({
  repoUrl: wireName,
  path: wireName,
  chart: wireName,
  targetRevision: wireName,
  ref: wireName,
  type: wireName,
});

const operation = z.object({
  phase: wireName,
  message: wireProse,
  startedAt: wireMoment,
  finishedAt: wireMoment,
});

const resource = z.object({
  group: wireName,
  kind: wireName,
  namespace: wireName,
  name: wireName,
  version: wireName,
  syncStatus: wireName,
  healthStatus: wireName,
  healthMessage: wireProse,
  hookType: wireName,
  requiresPruning: wireFlag,
});

const event = z.object({
  type: wireName,
  reason: wireName,
  message: wireProse,
  namespace: wireName,
  kind: wireName,
  name: wireName,
  count: wireCount,
  firstTimestamp: wireMoment,
  lastTimestamp: wireMoment,
});

/** An Argo CD Application as its cluster has it at this moment. Words of sync and health are Argo CD's own. */
export const argoApplication = z.object({
  name: wireName,
  namespace: wireName,
  project: wireName,
  repoUrl: wireName,
  path: wireName,
  targetRevision: wireName,
  syncStatus: wireName,
  healthStatus: wireName,
  resourceCount: wireCount,
  lastSyncedAt: wireMoment,
  destinationServer: wireName,
  destinationNamespace: wireName,
  sourceType: wireName,
  sources: wireList(source, 50),
  liveRevision: wireName,
  reconciledAt: wireMoment,
  outOfSyncResourceCount: wireCount,
  degradedResourceCount: wireCount,
  syncPolicy: z
    .object({ automated: wireFlag, prune: wireFlag, selfHeal: wireFlag, allowEmpty: wireFlag })
    .nullish()
    .transform((policy) => policy ?? undefined),
  operation: operation.nullish().transform((value) => value ?? undefined),
  conditions: wireList(z.object({ type: wireName, message: wireProse, lastTransitionAt: wireMoment }), 100),
  resources: wireList(resource, 10_000),
  events: wireList(event, 1_000),
  history: wireList(
    z.object({ id: wireCount, revision: wireName, deployedAt: wireMoment, sourceType: wireName }),
    1_000,
  ),
});
export type ArgoApplication = z.output<typeof argoApplication>;
