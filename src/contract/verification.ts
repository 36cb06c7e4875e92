import { z } from 'zod';
import { verificationStates } from '../domain/verification/verification.ts';
import { clusterState } from './cluster.ts';
import { timestamp } from './primitives.ts';

export const verificationState = z.enum(verificationStates);

/** What can keep an Application from following a commit, and what to do about it. */
export const syncObstacle = z
  .object({
    kind: z.enum([
      'manual_sync',
      'sync_window',
      'stuck_operation',
      'failed_operation',
      'paused_rollout',
      'other_branch',
      'condition',
    ]),
    text: z.string(),
  })
  .meta({ id: 'SyncObstacle' });

/** One Application as evidence. */
const evidence = z.object({
  cluster: z.object({ id: z.string(), name: z.string(), state: clusterState }),
  namespace: z.string(),
  name: z.string(),
  stage: z.enum(['delivered', 'synced', 'healthy']),
  reason: z.string().describe('Why it is no further; empty when nothing is missing.'),
  liveRevision: z.string(),
  runs: z
    .enum(['same', 'behind', 'superseded', 'unknown'])
    .describe('What it runs beside the commit, compared by content of the scope.'),
  syncStatus: z.string(),
  healthStatus: z.string(),
  findings: z.int().nullable().describe('Drift of what it manages; null when drift was never reported.'),
  images: z
    .object({
      compared: z.int().describe('How many running images the commit names.'),
      others: z.array(
        z.object({
          workload: z.string().meta({ examples: ['Deployment api-gateway'] }),
          runs: z.string(),
          expected: z.string().describe('The tag or digest of the commit.'),
        }),
      ),
    })
    .nullable()
    .describe('Running images beside those of the commit; null where none is reported that it names.'),
  reportedAt: timestamp,
  reconciledAt: timestamp.nullable(),
  obstacles: z.array(syncObstacle),
});

/** Whether a completed request arrived in its clusters: apart from the state of the request, which stays completed. */
export const verification = z
  .object({
    state: verificationState,
    reason: z.string(),
    bound: z
      .boolean()
      .describe('False when no cluster is known to run what was changed: then nothing can be proven.'),
    changedAt: timestamp,
    healthySince: timestamp.nullable(),
    verifiedAt: timestamp.nullable(),
    settleSeconds: z.number().describe('How long everything has to stay healthy to count.'),
    closed: z.boolean().describe('It is looked at no more.'),
    applications: z.array(evidence),
    checklist: z
      .array(
        z.object({
          key: z.enum(['git', 'sync', 'health', 'drift', 'notes']),
          title: z.string(),
          state: z.enum(['done', 'waiting', 'failed', 'unknown']),
          detail: z.string(),
        }),
      )
      .describe('The steps after a rollback, filled in by what is known.'),
  })
  .meta({ id: 'Verification' });
export type Verification = z.infer<typeof verification>;
