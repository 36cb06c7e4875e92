import { z } from 'zod';
import { json } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { list } from '../primitives.ts';
import { policyInput, policyVersion } from '../policy.ts';
import { environmentParams, projectParams } from '../project.ts';

export const policyOperations = {
  listPolicies: {
    method: 'GET',
    path: '/projects/{slug}/policies',
    summary: 'The approval policy of every environment',
    access: 'read',
    about: 'project',
    params: projectParams,
    answer: json(list(policyVersion)),
    refusals: [],
  },
  getPolicy: {
    method: 'GET',
    path: '/projects/{slug}/environments/{environment}/policy',
    summary: 'The approval policy of one environment',
    access: 'read',
    about: 'project',
    params: environmentParams,
    query: z.strictObject({ version: z.coerce.number<number>().int().min(0).optional() }),
    answer: json(policyVersion),
    refusals: ['environment_elsewhere'],
  },
  changePolicy: {
    method: 'PUT',
    path: '/projects/{slug}/environments/{environment}/policy',
    summary: 'Replace the approval policy of one environment; requests keep the stricter of both',
    access: 'policy',
    about: 'project',
    params: environmentParams,
    body: policyInput,
    answer: json(policyVersion),
    refusals: ['policy_invalid', 'changed_meanwhile', 'environment_elsewhere', 'feature_off'],
  },
} as const satisfies Record<string, Operation>;
