import type { RefusalRow } from './refusal-row.ts';

/** Clusters and what their agents say. */
export const clusterRefusals = {
  registration_token_invalid: {
    kind: 'unauthenticated',
    message: 'this registration token is unknown, spent or expired; make a new one for the cluster',
  },
  agent_token_invalid: {
    kind: 'unauthenticated',
    message: 'this agent token does not count; register the agent again with a new registration token',
  },
  report_foreign: {
    kind: 'forbidden',
    message: 'this token is of the cluster {own}; it cannot report for {claimed}',
  },
  report_malformed: { kind: 'invalid', message: 'the message cannot be read: {reason}' },
  agent_streams: {
    kind: 'limited',
    message: 'this agent holds {limit} streams already; one is enough, close the others',
  },
  cluster_application_unknown: {
    kind: 'invalid',
    message: 'the cluster {cluster} reports no Application {application}',
  },
  command_unable: {
    kind: 'conflict',
    message: 'the agent of {cluster} cannot do this: {reason}',
  },
} as const satisfies Record<string, RefusalRow>;
