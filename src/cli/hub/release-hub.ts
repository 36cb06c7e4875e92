import type { BodyOf } from '../../contract/operations.ts';
import type { CommandContext } from '../program.ts';
import type { HubContext } from './config.ts';
import { connectTo, projectOf } from './connect.ts';
import { hubScope } from './hub-scope.ts';
import { type SubmitOptions, submitPlan } from './submit-plan.ts';

type Body = BodyOf<'submitRelease'>;

/** What a release writes, in the form in which a server takes it. */
export type Released = Pick<Body, 'fields' | 'files'>;

/** What a promotion carries, in that form. */
export type Carried = Pick<BodyOf<'submitPromotion'>, 'from' | 'to' | 'services' | 'carry' | 'keep'>;

/** Where a release goes, as it was typed. */
export interface HubReleaseOptions extends SubmitOptions {
  readonly tenant?: string;
  readonly environment?: string;
}

/** `knowngood promote` on a server. */
export async function promoteHub(
  context: CommandContext,
  chosen: HubContext,
  { options, carried }: { readonly options: HubReleaseOptions; readonly carried: Carried },
): Promise<void> {
  const connection = await connectTo(context, chosen);
  const params = { slug: projectOf(connection) };
  const { tenant } = await hubScope(connection, { ...options, environment: carried.to });
  const wish = { tenant, ...carried };
  const { client } = connection;
  await submitPlan(context, connection, {
    options,
    preview: (justification) => client.call('previewPromotion', { params, body: { ...wish, justification } }),
    render: () => client.call('renderPromotion', { params, body: wish }),
    askClusters: () => client.call('dryRunPromotion', { params, body: wish }),
    submit: ({ digest }, justification) =>
      client.call('submitPromotion', { params, body: { ...wish, digest, justification } }),
  });
}

/** `knowngood release` on a server: preview, question, request, and what came of it. */
export async function releaseHub(
  context: CommandContext,
  chosen: HubContext,
  { options, released }: { readonly options: HubReleaseOptions; readonly released: Released },
): Promise<void> {
  const connection = await connectTo(context, chosen);
  const params = { slug: projectOf(connection) };
  const wish = { ...(await hubScope(connection, options)), ...released };
  const { client } = connection;
  await submitPlan(context, connection, {
    options,
    preview: (justification) => client.call('previewRelease', { params, body: { ...wish, justification } }),
    render: () => client.call('renderRelease', { params, body: wish }),
    askClusters: () => client.call('dryRunRelease', { params, body: wish }),
    submit: ({ digest }, justification) =>
      client.call('submitRelease', { params, body: { ...wish, digest, justification } }),
  });
}
