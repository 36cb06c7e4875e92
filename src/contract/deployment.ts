import { z } from 'zod';
import { knownGood } from './judgement.ts';
import { plannedField, plannedFile, serviceChange } from './plan.ts';
import { personRef, revision, segment, sha, timestamp } from './primitives.ts';

/** One row of the history: a revision that touched a tenant-environment. */
export const deployment = z
  .object({
    revision: sha,
    timestamp,
    author: personRef,
    bot: z.string().nullable().describe('The account that made the commit for the author.'),
    pullRequest: z.int().nullable(),
    tenant: z.string(),
    environment: z.string(),
    changes: z.object({
      summary: z.string(),
      services: z.array(z.string()),
      files: z.int(),
      fields: z.int().nullable().describe('null until counted.'),
    }),
    source: z.enum(['release', 'promotion', 'rollback', 'push']),
    status: z.enum(['success', 'failed', 'rolled_back']),
    rolledBackServices: z.array(z.string()),
    requestId: z.string().nullable(),
    recurring: z
      .int()
      .nullable()
      .describe('Of a rollback: which of its tenant-environment it is within 30 days, from the third on.'),
    knownGood,
    current: z.boolean().describe('True for the deployment that is in force now.'),
  })
  .meta({ id: 'Deployment' });
export type Deployment = z.infer<typeof deployment>;

export const deploymentDetail = deployment
  .extend({ message: z.string(), parents: z.array(sha), services: z.array(serviceChange) })
  .meta({ id: 'DeploymentDetail' });

/** What differs between two revisions, per service; `from` is the earlier one asked for, not by age. */
export const comparison = z
  .object({
    tenant: z.string(),
    environment: z.string(),
    from: sha,
    to: sha,
    services: z.array(serviceChange),
    complete: z.boolean().describe('False when there were more files than are listed.'),
  })
  .meta({ id: 'Comparison' });

export const fileComparison = z
  .object({
    file: plannedFile,
    text: z.object({ from: z.string().nullable(), to: z.string().nullable() }).nullable(),
    opaque: z.string().nullable().describe('Why there is no text: binary, too large, secret.'),
  })
  .meta({ id: 'FileComparison' });

/** The fields of one service that differ between two revisions, and the files that can only be restored whole. */
export const fieldChanges = z
  .object({
    from: sha,
    to: sha,
    service: z.string(),
    fields: z.array(plannedField),
    opaque: z.array(z.object({ path: z.string(), reason: z.string() })),
  })
  .meta({ id: 'FieldChanges' });

export const tenantEnvironmentSummary = z
  .object({
    tenant: z.string(),
    environment: z.string(),
    services: z.array(z.string()),
    current: deployment.nullable(),
    openRequests: z.int(),
    holds: z.int().describe('Values that rollbacks took away and that may not come back at present.'),
    approvalsNeeded: z.int(),
  })
  .meta({ id: 'TenantEnvironmentSummary' });

/** How far the deployment index is. The newest deployments are usable while it still runs. */
export const indexProgress = z
  .object({
    state: z.enum(['idle', 'running', 'failed']),
    indexed: z.int(),
    total: z.int().nullable(),
    head: sha.nullable(),
    error: z.string().nullable(),
    updatedAt: timestamp.nullable(),
  })
  .meta({ id: 'IndexProgress' });

/** A tenant-environment in a query. */
export const scopeQuery = { tenant: segment, environment: segment };
export const rangeQuery = { ...scopeQuery, from: revision, to: revision.optional() };

/** Where to go back to, and the smallest scope that takes back everything that changed since. */
export const recommendation = z
  .object({
    deployment: deployment.describe('The one to go back to.'),
    mode: z.enum(['full', 'service', 'field']),
    service: z.string().nullable(),
    fields: z.array(z.object({ field: z.string(), address: z.string() })).describe('In field mode.'),
    evidence: z.array(z.object({ kind: z.enum(['known_good', 'before_last_change']), text: z.string() })),
    thin: z.boolean().describe('Nothing says that it ever worked; somebody should look.'),
  })
  .meta({ id: 'Recommendation' });
