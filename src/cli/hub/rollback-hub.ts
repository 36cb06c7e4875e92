import type { CommandContext } from '../program.ts';
import { connectTo, projectOf } from './connect.ts';
import type { HubContext } from './config.ts';
import { type RollbackWords, rollbackWish } from './rollback-wish.ts';
import { type SubmitOptions, submitPlan } from './submit-plan.ts';

/** A rollback on a server, as it was typed. */
export type HubRollbackOptions = SubmitOptions & RollbackWords;

/** `knowngood rollback` on a server: preview, question, request, and what came of it. */
export async function rollbackHub(
  context: CommandContext,
  chosen: HubContext,
  options: HubRollbackOptions,
): Promise<void> {
  const connection = await connectTo(context, chosen);
  const params = { slug: projectOf(connection) };
  const wish = await rollbackWish(context, connection, options);
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
