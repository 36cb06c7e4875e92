import { z } from 'zod';
import { features, hubEvent, planChange, version } from '../instance.ts';
import { events, json, text } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { slug } from '../primitives.ts';

export const instanceOperations = {
  getVersion: {
    method: 'GET',
    path: '/version',
    summary: 'What runs here',
    access: 'public',
    about: 'instance',
    answer: json(version),
    refusals: [],
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This interface as an OpenAPI 3.1 document',
    access: 'public',
    about: 'instance',
    answer: text('application/json; charset=utf-8'),
    refusals: [],
  },
  getFeatures: {
    method: 'GET',
    path: '/features',
    summary: 'The plan, its four feature flags and the rollback modes that follow from them',
    access: 'signed_in',
    about: 'instance',
    answer: json(features),
    refusals: [],
  },
  changePlan: {
    method: 'PUT',
    path: '/plan',
    summary: 'Change the plan',
    access: 'plan',
    about: 'instance',
    body: planChange,
    answer: json(features),
    refusals: [],
  },
  streamEvents: {
    method: 'GET',
    path: '/events',
    summary: 'Server-sent events about what you can see; Last-Event-ID goes on where a stream broke off',
    access: 'signed_in',
    about: 'instance',
    query: z.strictObject({ project: slug.optional() }),
    answer: events(hubEvent),
    refusals: [],
  },
} as const satisfies Record<string, Operation>;
