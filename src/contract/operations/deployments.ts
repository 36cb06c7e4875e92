import { z } from 'zod';
import {
  comparison,
  deployment,
  deploymentDetail,
  fieldChanges,
  fileComparison,
  rangeQuery,
  recommendation,
  scopeQuery,
} from '../deployment.ts';
import { json } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { page, paging, revision, segment, slug } from '../primitives.ts';
import { projectParams } from '../project.ts';

const revisionRefusals = ['revision_unknown', 'revision_ambiguous', 'revision_malformed'] as const;

export const deploymentOperations = {
  listDeployments: {
    method: 'GET',
    path: '/projects/{slug}/deployments',
    summary: 'The history, newest first',
    access: 'read',
    about: 'project',
    params: projectParams,
    query: z.strictObject({
      tenant: segment.optional(),
      environment: segment.optional(),
      service: segment.optional(),
      author: z.string().max(254).optional(),
      text: z.string().max(200).optional().describe('Part of the summary, or the start of the revision.'),
      source: z.enum(['release', 'promotion', 'rollback', 'push']).optional(),
      status: z.enum(['success', 'failed', 'rolled_back']).optional(),
      ...paging,
    }),
    answer: json(page(deployment)),
    refusals: [],
  },
  getDeployment: {
    method: 'GET',
    path: '/projects/{slug}/deployments/{revision}',
    summary: 'What one revision deployed, once for each tenant-environment that it touched',
    access: 'read',
    about: 'project',
    params: z.object({ slug, revision: revision.min(1) }),
    query: z.strictObject({ tenant: segment.optional(), environment: segment.optional() }),
    answer: json(z.object({ items: z.array(deploymentDetail) })),
    refusals: revisionRefusals,
  },
  recommendRollback: {
    method: 'GET',
    path: '/projects/{slug}/tenant-environments/{tenant}/{environment}/recommendation',
    summary: 'Where to go back to with the smallest scope that covers what changed, and what speaks for it',
    access: 'preview',
    about: 'project',
    params: z.object({ slug, tenant: segment, environment: segment }),
    answer: json(z.object({ recommendation: recommendation.nullable() })),
    refusals: ['project_invalid', 'layout_invalid'],
  },
  compareRevisions: {
    method: 'GET',
    path: '/projects/{slug}/compare',
    summary: 'What differs between two revisions of a tenant-environment; `to` is the head when left out',
    access: 'read',
    about: 'project',
    params: projectParams,
    query: z.strictObject({ ...rangeQuery, service: segment.optional() }),
    answer: json(comparison),
    refusals: revisionRefusals,
  },
  compareFile: {
    method: 'GET',
    path: '/projects/{slug}/compare/file',
    summary: 'The two texts of one file',
    access: 'read',
    about: 'project',
    params: projectParams,
    query: z.strictObject({ ...rangeQuery, path: z.string().min(1).max(4_096) }),
    answer: json(fileComparison),
    refusals: [...revisionRefusals, 'path_outside'],
  },
  listChangedFields: {
    method: 'GET',
    path: '/projects/{slug}/fields',
    summary: 'The fields of one service that differ between a revision and another, or the head',
    access: 'preview',
    about: 'project',
    params: projectParams,
    query: z.strictObject({ ...scopeQuery, service: segment, from: revision, to: revision.optional() }),
    answer: json(fieldChanges),
    refusals: [...revisionRefusals, 'service_unknown'],
  },
} as const satisfies Record<string, Operation>;
