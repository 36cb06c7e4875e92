import type { SharedChoice } from '../../domain/plan/shared-choice.ts';
import type { CommandContext } from '../program.ts';
import { connectTo, projectOf } from './connect.ts';
import type { HubContext } from './config.ts';
import { hubRevision, hubScope, previousRevision } from './hub-scope.ts';
import { type SubmitOptions, submitPlan } from './submit-plan.ts';

/** A rollback on a server, as it was typed. */
export interface HubRollbackOptions extends SubmitOptions {
  readonly tenant?: string;
  readonly environment?: string;
  readonly service?: string;
  readonly to?: string;
  readonly field?: readonly string[];
  readonly keep?: readonly string[];
  readonly hold?: readonly string[];
  readonly includeShared?: boolean;
  readonly shared?: SharedChoice;
  readonly allowDelete?: boolean;
}

/** `knowngood rollback` on a server: preview, question, request, and what came of it. */
export async function rollbackHub(
  context: CommandContext,
  chosen: HubContext,
  options: HubRollbackOptions,
): Promise<void> {
  const connection = await connectTo(context, chosen);
  const params = { slug: projectOf(connection) };
  const scope = await hubScope(connection, options);
  const { service, field, keep, hold, includeShared, shared, allowDelete, to } = options;
  const targetSha =
    to === undefined ? await previousRevision(connection, scope, service) : hubRevision(context.hub, to);
  const wish = {
    ...scope,
    mode: field ? ('field' as const) : service === undefined ? ('full' as const) : ('service' as const),
    targetSha,
    ...(service === undefined ? {} : { service }),
    ...(field ? { selectedFields: [...field] } : {}),
    ...(keep ? { keep: [...keep] } : {}),
    ...(hold ? { hold: [...hold] } : {}),
    ...(includeShared ? { includeShared } : {}),
    ...(shared ? { shared } : {}),
    ...(allowDelete ? { allowDelete } : {}),
  };
  const { client } = connection;
  await submitPlan(context, connection, {
    options,
    preview: (justification) => client.call('previewRollback', { params, body: { ...wish, justification } }),
    render: () => client.call('renderRollback', { params, body: wish }),
    askClusters: () => client.call('dryRunRollback', { params, body: wish }),
    // The revision that was shown, not the words for it, which may mean another by now.
    submit: ({ target, digest }, justification) =>
      client.call('submitRollback', { params, body: { ...wish, targetSha: target, digest, justification } }),
  });
}

/** `knowngood undo` on a server. */
export async function undoHub(
  context: CommandContext,
  chosen: HubContext,
  { commit, options }: { readonly commit: string; readonly options: SubmitOptions },
): Promise<void> {
  const connection = await connectTo(context, chosen);
  const params = { slug: projectOf(connection) };
  const { client } = connection;
  await submitPlan(context, connection, {
    options,
    preview: (justification) => client.call('previewUndo', { params, body: { commit, justification } }),
    render: () => client.call('renderUndo', { params, body: { commit } }),
    askClusters: () => client.call('dryRunUndo', { params, body: { commit } }),
    submit: ({ target, digest }, justification) =>
      client.call('submitUndo', { params, body: { commit: target, digest, justification } }),
  });
}
