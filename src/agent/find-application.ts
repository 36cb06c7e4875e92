import type { CommandPayload } from '../contract/agent-v1/command.ts';
import type { KubeObject } from '../domain/drift/drift.ts';
import { CommandRefused } from './cluster-view.ts';
import { textAt } from './field-at.ts';
import { type KubeApi, KubeError } from './kube-api.ts';
import { argoApplications, objectPath } from './kube-path.ts';

/** Where Argo CD is installed unless somebody says otherwise. */
const usualNamespace = 'argocd';

/** The Application that a command names, and its path. Throws `CommandRefused` when it is not there, or of another project. */
export async function findApplication(
  api: KubeApi,
  { application, namespace, project }: CommandPayload<'argoRefresh'>,
): Promise<{ readonly path: string; readonly object: KubeObject }> {
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
  return { path, object };
}
