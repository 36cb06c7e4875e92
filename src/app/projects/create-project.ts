import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { branchRef } from '../../git/branch.ts';
import { failPoint } from '../../std/fail-point.ts';
import { isDuplicate } from '../../store/database-error.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { refusing } from '../refuse-git.ts';
import type { HubProject } from './hub-project.ts';
import { fetchUpstream } from './fetch-upstream.ts';
import { type UpstreamInput, upstreamParts } from './upstream-input.ts';
import { sealSecrets } from './upstream-secrets.ts';
import { type ProjectView, viewProject } from './view-project.ts';

export interface ProjectInput {
  readonly slug: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly branch?: string | undefined;
  readonly upstream?: UpstreamInput | undefined;
}

/**
 * Creates a project that we host, empty and ready for a first push; or, with an upstream, connects one, after a first
 * fetch that shows that it can be reached. Throws `already_exists`, `name_malformed`, or why it was not reached.
 */
export const createProject = refusing(
  async (hub: Hub, actor: Actor, input: ProjectInput): Promise<ProjectView> => {
    demandRight(actor, 'project');
    if (await hub.store.projects.bySlug(input.slug)) throw taken(input.slug);
    const project = newProject(hub, input);
    await hub.repositories.create(project);
    await failPoint('app.project.repository_made');
    try {
      // The first thing that an upstream can be is out of reach: nothing is kept then.
      if (project.kind === 'connected') await hub.repositories.use(project, (at) => at.fetch());
      await save(hub, actor, project);
    } catch (error) {
      await hub.repositories.discard(project.id);
      throw isDuplicate(error) ? taken(input.slug) : error;
    }
    if (project.kind === 'connected') await fetchUpstream(hub, project);
    hub.wake('index');
    return viewProject(hub, actor, project);
  },
);

const taken = (slug: string): Refusal => new Refusal('already_exists', { what: `project ${slug}` });

function newProject(hub: Hub, input: ProjectInput): HubProject {
  const { slug, name = slug, description = '', upstream } = input;
  const branch = upstream?.branch ?? input.branch ?? 'main';
  branchRef(branch);
  const id = hub.newId('prj_');
  const now = hub.clock();
  const parts = upstream && upstreamParts(upstream);
  return {
    id,
    slug,
    name,
    kind: parts ? 'connected' : 'hosted',
    settings: {
      description,
      branch: branch.replace(/^refs\/heads\//, ''),
      sourceRules: [],
      ...(parts && { upstream: parts.settings }),
    },
    sealedCredentials: parts && sealSecrets(hub.seal, id, parts.secrets),
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

const save = (hub: Hub, actor: Actor, project: HubProject): Promise<void> =>
  hub.store.tx(async (tx) => {
    await tx.projects.add(project);
    await recordChange(tx, actor, {
      at: project.createdAt,
      action: project.kind === 'connected' ? 'project.connected' : 'project.created',
      object: { type: 'project', id: project.id },
      projectId: project.id,
      details: { slug: project.slug, upstream: project.settings.upstream?.url ?? null },
    });
  });
