import type { ResultOf } from '../../contract/operations.ts';
import { wireTime, wireTimeOrNull } from '../../contract/primitives.ts';
import type { Hub } from '../../app/hub.ts';
import type { HubProject } from '../../app/projects/hub-project.ts';
import type { TenantEnvironmentView } from '../../app/projects/list-tenant-environments.ts';
import type { IndexView, ProjectView } from '../../app/projects/view-project.ts';
import { wireDeployment } from './wire-deployment.ts';

type Wire = ResultOf<'getProject'>;

/** How far the deployment index is. */
export const wireIndex = (index: IndexView): ResultOf<'getIndexProgress'> => ({
  state: index.state,
  indexed: index.indexed,
  total: index.total ?? null,
  head: index.head ?? null,
  error: index.error ?? null,
  updatedAt: wireTimeOrNull(index.updatedAt),
});

function wireUpstream({ project, fetch }: ProjectView, signed: boolean): Wire['upstream'] {
  const { upstream, branch } = project.settings;
  if (!upstream) return null;
  const { url, fetchSeconds, onRefusedPush, signIn } = upstream;
  return {
    url,
    branch,
    fetchSeconds,
    onRefusedPush,
    credential: { kind: signIn.kind, username: signIn.kind === 'password' ? signIn.username : null },
    webhookPath: `/hooks/${project.slug}`,
    webhookSigned: signed,
    fetchedAt: wireTimeOrNull(fetch.at),
    error: fetch.error ?? fetch.unfollowedWhy ?? null,
  };
}

/** A project as people look at it; never its secrets. */
export function wireProject({ settings: { publicUrl } }: Hub, view: ProjectView): Wire {
  const { project, index } = view;
  return {
    id: project.id,
    slug: project.slug,
    name: project.name,
    description: project.settings.description,
    kind: project.kind,
    branch: project.settings.branch,
    head: view.head ?? null,
    gitUrl: `${publicUrl}/git/${project.slug}.git`,
    upstream: wireUpstream(view, isSigned(project)),
    environments: [...view.environments],
    settings: { sourceRules: project.settings.sourceRules.map((rule) => ({ ...rule })) },
    index: wireIndex(index),
    openRequests: view.openRequests,
    createdAt: wireTime(project.createdAt),
    updatedAt: wireTime(project.updatedAt),
  };
}

const isSigned = ({ settings }: HubProject): boolean => settings.upstream?.webhookSigned ?? false;

/** One tenant-environment with what runs there. */
export const wireTenantEnvironment = (
  view: TenantEnvironmentView,
): ResultOf<'listTenantEnvironments'>['items'][number] => ({
  tenant: view.tenant,
  environment: view.environment,
  services: [...view.services],
  current: view.current ? wireDeployment(view.current) : null,
  openRequests: view.openRequests,
  holds: view.holds,
  approvalsNeeded: view.approvalsNeeded,
});
