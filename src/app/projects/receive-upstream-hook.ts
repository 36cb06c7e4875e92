import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { Hub } from '../hub.ts';
import { fetchUpstream } from './fetch-upstream.ts';
import type { HubProject, ProjectSettings } from './hub-project.ts';
import type { ProjectErrorListener } from './start-indexing.ts';
import { openSecrets } from './upstream-secrets.ts';

/** What another Git host sends about a push. */
export interface UpstreamHook {
  readonly slug: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/**
 * Takes webhooks of GitHub, GitLab and Gitea. The signature is checked before anything else, and the body is never
 * read: that something was pushed is all that counts, the upstream itself tells what. Hooks that come while a fetch
 * runs lead to one more, together.
 */
export function upstreamHooks(
  hub: Hub,
  onError: ProjectErrorListener,
): (hook: UpstreamHook) => Promise<void> {
  const running = new Map<string, { again: boolean }>();
  const fetchSoon = (project: HubProject): void => {
    const under = running.get(project.id);
    if (under) {
      under.again = true;
      return;
    }
    const run = { again: false };
    running.set(project.id, run);
    void fetchUpstream(hub, project)
      .catch((error: unknown) => onError(error, project.id))
      .finally(() => {
        running.delete(project.id);
        if (run.again) fetchSoon(project);
      });
  };
  return async ({ slug, headers, body }) => {
    const project = await hub.store.projects.bySlug<ProjectSettings>(slug);
    const secret = project?.kind === 'connected' ? openSecrets(hub.seal, project).webhookSecret : undefined;
    // Whoever cannot sign learns nothing, not even which projects there are.
    if (!project || secret === undefined || !isSigned(headers, body, secret))
      throw new Refusal('not_visible', { what: 'this project' });
    fetchSoon(project);
  };
}

/** GitHub and Gitea sign the body; GitLab sends the secret itself. */
function isSigned(headers: UpstreamHook['headers'], body: Uint8Array, secret: string): boolean {
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  const shown = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const [gitHub, gitea, gitLab] = ['x-hub-signature-256', 'x-gitea-signature', 'x-gitlab-token'].map(shown);
  if (gitHub !== undefined) return isSame(gitHub, `sha256=${digest}`);
  if (gitea !== undefined) return isSame(gitea, digest);
  return gitLab !== undefined && isSame(gitLab, secret);
}

/** In a time that does not tell where they differ. */
function isSame(shown: string, expected: string): boolean {
  const hash = (text: string): Buffer => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(hash(shown), hash(expected));
}
