import type { VariablesOf } from '../../delivery/service-variables.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { Hub } from '../hub.ts';
import { type ListedVariables, listVariables } from '../list-variables.ts';
import { refusing } from '../refuse-git.ts';
import { findProject } from './find-project.ts';
import { readLayout } from './read-layout.ts';

/** What variables are at the head of a project, in a place that the actor may read. */
export const listProjectVariables = refusing(
  async (
    hub: Hub,
    actor: Actor,
    { slug, ...where }: VariablesOf & { readonly slug: string },
  ): Promise<ListedVariables> => {
    const project = await findProject(hub.store, actor, slug);
    const { tenant, environment } = where;
    demandRight(actor, 'read', { projectId: project.id, tenant, environment });
    return hub.repositories.use(project, async (at) => {
      if ((await at.tip()) === undefined) return { variables: [], complete: true };
      const { tree } = await at.head();
      const said = await readLayout(at.reader, tree);
      return listVariables({ reader: at.reader, tree, layout: said.layout, project: said }, where);
    });
  },
);
