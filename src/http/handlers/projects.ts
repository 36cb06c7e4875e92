import type { projectOperations } from '../../contract/operations/projects.ts';
import type { Hub } from '../../app/hub.ts';
import { changeProject } from '../../app/projects/change-project.ts';
import { createProject } from '../../app/projects/create-project.ts';
import { deleteProject } from '../../app/projects/delete-project.ts';
import { fetchProject } from '../../app/projects/fetch-project.ts';
import { getProject } from '../../app/projects/get-project.ts';
import { listProjects } from '../../app/projects/list-projects.ts';
import { listTenantEnvironments } from '../../app/projects/list-tenant-environments.ts';
import { getIndexProgress, reindexProject } from '../../app/projects/reindex-project.ts';
import type { HandlersOf } from '../handler.ts';
import { wireIndex, wireProject, wireTenantEnvironment } from './wire-project.ts';

/** Operations on projects. */
export const projectHandlers = (hub: Hub): HandlersOf<typeof projectOperations> => ({
  listProjects: async ({ actor, query }) => {
    const { projects, nextCursor } = await listProjects(hub, actor, query);
    return { items: projects.map((view) => wireProject(hub, view)), nextCursor: nextCursor ?? null };
  },
  createProject: async ({ actor, body }) => wireProject(hub, await createProject(hub, actor, body)),
  getProject: async ({ actor, params }) => wireProject(hub, await getProject(hub, actor, params.slug)),
  changeProject: async ({ actor, params, body }) => {
    const { settings, ...rest } = body;
    const change = { ...rest, ...params, sourceRules: settings?.sourceRules };
    return wireProject(hub, await changeProject(hub, actor, change));
  },
  deleteProject: async ({ actor, params, query }) => {
    await deleteProject(hub, actor, { slug: params.slug, confirm: query.confirm });
    return undefined;
  },
  listTenantEnvironments: async ({ actor, params }) => ({
    items: (await listTenantEnvironments(hub, actor, params.slug)).map(wireTenantEnvironment),
  }),
  fetchProject: async ({ actor, params }) => wireProject(hub, await fetchProject(hub, actor, params.slug)),
  reindexProject: async ({ actor, params }) => wireIndex(await reindexProject(hub, actor, params.slug)),
  getIndexProgress: async ({ actor, params }) => wireIndex(await getIndexProgress(hub, actor, params.slug)),
});
