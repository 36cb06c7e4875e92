import type { CommandPayload } from '../contract/agent-v1/command.ts';
import { CommandRefused } from './cluster-view.ts';
import { partAt, textAt } from './field-at.ts';
import { findApplication } from './find-application.ts';
import type { KubeApi } from './kube-api.ts';

/**
 * Has Argo CD sync an Application to what it follows, by its field `operation`, as `argocd app sync` does. Throws
 * `CommandRefused` when it is not there, belongs to another project, or is being synced, and `KubeError`.
 */
export async function syncApplication(
  api: KubeApi,
  { application, namespace, project, prune, dryRun }: CommandPayload<'argoSync'>,
  requestedBy: string,
): Promise<string> {
  const { path, object } = await findApplication(api, { application, namespace, project });
  if ('operation' in object || textAt(object, 'status', 'operationState', 'phase') === 'Running')
    throw new CommandRefused(`${application} is being synced already`);
  const policy = partAt(object, 'spec', 'syncPolicy');
  const { syncOptions, retry } = policy;
  await api.patch(path, {
    type: 'application/merge-patch+json',
    body: {
      // Whoever changed it meanwhile comes first: then this is refused, and nothing happens twice.
      metadata: { resourceVersion: textAt(object, 'metadata', 'resourceVersion') },
      operation: {
        initiatedBy: { username: `knowngood:${requestedBy}` },
        info: [{ name: 'Reason', value: 'asked for by Knowngood' }],
        ...(retry === undefined ? {} : { retry }),
        sync: {
          ...(prune ? { prune } : {}),
          ...(dryRun ? { dryRun } : {}),
          ...(Array.isArray(syncOptions) ? { syncOptions } : {}),
        },
      },
    },
  });
  return `${application} is told to sync${dryRun ? ' as a dry run' : ''}`;
}
