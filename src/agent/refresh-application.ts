import type { CommandPayload } from '../contract/agent-v1/command.ts';
import { textAt } from './field-at.ts';
import { findApplication } from './find-application.ts';
import type { KubeApi } from './kube-api.ts';

/** Argo CD looks anew at an Application that has it, and takes it away. */
const refreshAnnotation = 'argocd.argoproj.io/refresh';

/**
 * Has Argo CD compare an Application with Git now, as `argocd app get --refresh` does; what it may sync by itself it
 * syncs. Asking twice is asking once. Throws `CommandRefused` and `KubeError`.
 */
export async function refreshApplication(api: KubeApi, wish: CommandPayload<'argoRefresh'>): Promise<string> {
  const { path, object } = await findApplication(api, wish);
  if (textAt(object, 'metadata', 'annotations', refreshAnnotation) === '')
    await api.patch(path, {
      type: 'application/merge-patch+json',
      body: { metadata: { annotations: { [refreshAnnotation]: 'normal' } } },
    });
  return `${wish.application} is told to look at Git`;
}
