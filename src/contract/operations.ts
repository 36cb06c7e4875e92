import type { z } from 'zod';
import type { Answer, Operation } from './operation.ts';
import { accountOperations } from './operations/accounts.ts';
import { auditOperations } from './operations/audit.ts';
import { authOperations } from './operations/auth.ts';
import { holdOperations } from './operations/holds.ts';
import { breakGlassOperations } from './operations/break-glass.ts';
import { clusterOperations } from './operations/clusters.ts';
import { deploymentOperations } from './operations/deployments.ts';
import { instanceOperations } from './operations/instance.ts';
import { judgementOperations } from './operations/judgements.ts';
import { pinOperations } from './operations/pins.ts';
import { policyOperations } from './operations/policies.ts';
import { projectOperations } from './operations/projects.ts';
import { requestOperations } from './operations/requests.ts';
import { submissionOperations } from './operations/submissions.ts';
import { tokenOperations } from './operations/tokens.ts';
import { variableOperations } from './operations/variables.ts';
import { webhookOperations } from './operations/webhooks.ts';

/**
 * The one table of everything that can be called. Validation, types, client, OpenAPI document and permission matrix
 * are made from it.
 */
export const operations = {
  ...instanceOperations,
  ...authOperations,
  ...projectOperations,
  ...deploymentOperations,
  ...submissionOperations,
  ...requestOperations,
  ...policyOperations,
  ...breakGlassOperations,
  ...holdOperations,
  ...pinOperations,
  ...variableOperations,
  ...auditOperations,
  ...accountOperations,
  ...tokenOperations,
  ...webhookOperations,
  ...clusterOperations,
  ...judgementOperations,
} as const;

export type Operations = typeof operations;
export type OperationId = keyof Operations;
export const operationIds = Object.keys(operations) as readonly OperationId[];

/** A row without its literal types, for code that treats all rows alike. */
export const operationOf = (id: OperationId): Operation => operations[id];

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;
type Part<Op, Name extends string> = Op extends Readonly<Record<Name, infer S>> ? Output<S> : undefined;

export type ParamsOf<Id extends OperationId> = Part<Operations[Id], 'params'>;
export type QueryOf<Id extends OperationId> = Part<Operations[Id], 'query'>;
export type BodyOf<Id extends OperationId> = Part<Operations[Id], 'body'>;
export type AnswerOf<Id extends OperationId> = Operations[Id]['answer'];

/** What a JSON operation answers. */
export type ResultOf<Id extends OperationId> =
  AnswerOf<Id> extends { readonly kind: 'json'; readonly schema: infer S } ? Output<S> : undefined;

/** Ids of the operations whose answer is of this kind. */
export type IdsAnswering<Kind extends Answer['kind']> = {
  [Id in OperationId]: AnswerOf<Id>['kind'] extends Kind ? Id : never;
}[OperationId];
