import type { CommandPayload } from '../contract/agent-v1/command.ts';
import { CommandRefused } from './cluster-view.ts';
import { partAt, textAt } from './field-at.ts';
import { type KubeApi, KubeError } from './kube-api.ts';
import { argoApplications, objectPath } from './kube-path.ts';

/** Where Argo CD is installed unless somebody says otherwise. */
const usualNamespace = 'argocd';

/**
 * Has Argo CD sync an Application to what it follows, by its field `operation`, as `argocd app sync` does. Throws
 * `CommandRefused` when it is not there, belongs to another project, or is being synced, and `KubeError`.
 */
export async function syncApplication(
  api: KubeApi,
  { application, namespace, project, prune, dryRun }: CommandPayload<'argoSync'>,
  requestedBy: string,
): Promise<string> {
  const named = namespace ?? '';
  const home = named === '' ? usualNamespace : named;
  const path = objectPath(argoApplications, home, application ?? '');
  const object = await api.get(path).catch((error: unknown) => {
    if (error instanceof KubeError && error.status === 404)
      throw new CommandRefused(`there is no Application ${home}/${application}`);
    throw error;
  });
  if (project && textAt(object, 'spec', 'project') !== project)
    throw new CommandRefused(`${application} is not in the project ${project}`);
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
