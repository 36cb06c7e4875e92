import { type ServiceError, Metadata, status } from '@grpc/grpc-js';
import { type RefusalKind, Refusal } from '../domain/refusal/refusal.ts';

const statuses: Readonly<Partial<Record<RefusalKind, status>>> = {
  unauthenticated: status.UNAUTHENTICATED,
  forbidden: status.PERMISSION_DENIED,
  not_found: status.NOT_FOUND,
  invalid: status.INVALID_ARGUMENT,
  usage: status.INVALID_ARGUMENT,
  too_large: status.RESOURCE_EXHAUSTED,
  limited: status.RESOURCE_EXHAUSTED,
  conflict: status.ABORTED,
  wrong_state: status.FAILED_PRECONDITION,
  unavailable: status.UNAVAILABLE,
};

/** A call that is over. `code` is that of gRPC; the words are ours, or say nothing of what went wrong inside. */
export function callError(code: status, details: string): ServiceError {
  const metadata = new Metadata();
  return Object.assign(new Error(details), { code, details, metadata });
}

/** How an agent is told of what stopped its call. What is a bug is not described to it. */
export function errorOf(error: unknown): ServiceError {
  if (error instanceof Refusal) return callError(statuses[error.kind] ?? status.INTERNAL, error.message);
  if (error instanceof Error && 'code' in error && 'metadata' in error) return error as ServiceError;
  return callError(status.INTERNAL, 'something went wrong on our side');
}

/** Whether it is worth a line in the log: what agents do wrong is told to them. */
export const isOurs = (error: unknown): boolean => errorOf(error).code === status.INTERNAL;
