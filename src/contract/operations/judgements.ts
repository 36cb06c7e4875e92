import { z } from 'zod';
import { deploymentMark, markInput, signalsInput, signalsReceived } from '../judgement.ts';
import { accepted, created } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { sha, slug } from '../primitives.ts';
import { projectParams } from '../project.ts';

/** What people and monitoring say of deployments. */
export const judgementOperations = {
  markDeployment: {
    method: 'POST',
    path: '/projects/{slug}/deployments/{revision}/marks',
    summary: 'Say that a deployment is good or bad, or take that back',
    access: 'judge',
    about: 'project',
    params: z.object({ slug, revision: sha }),
    body: markInput,
    answer: created(deploymentMark),
    refusals: ['revision_unknown'],
  },
  receiveSignals: {
    method: 'POST',
    path: '/projects/{slug}/signals',
    summary: 'Alerts, as Alertmanager sends them, whose labels name a tenant and an environment',
    access: 'judge',
    about: 'project',
    params: projectParams,
    body: signalsInput,
    answer: accepted(signalsReceived),
    refusals: [],
  },
} as const satisfies Record<string, Operation>;
