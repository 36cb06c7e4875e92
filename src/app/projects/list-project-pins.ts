import type { Bindings } from '../../domain/layout/template.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { decide, decideSomewhere } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { TenantEnvironment } from '../../domain/plan/scope.ts';
import type { Hub } from '../hub.ts';
import { type ListedPin, listPins } from '../list-pins.ts';
import { refusing } from '../refuse-git.ts';
import { findProject } from './find-project.ts';
import { readLayout } from './read-layout.ts';

/** The pins at the head of a project, in the tenant-environments that an actor may read. */
export const listProjectPins = refusing(
  async (
    hub: Hub,
    actor: Actor,
    { slug, ...where }: Bindings & { readonly slug: string },
  ): Promise<readonly ListedPin[]> => {
    const project = await findProject(hub.store, actor, slug);
    demand(decideSomewhere(actor, 'read', project.id));
    // Before git is asked about each file: those of others cost nothing, and take nobody's place among the first.
    const mayRead = ({ tenant, environment }: TenantEnvironment): boolean =>
      decide(actor, 'read', { projectId: project.id, tenant, environment }).allowed;
    return hub.repositories.use(project, async (at) => {
      if ((await at.tip()) === undefined) return [];
      const base = await at.head();
      const { layout } = await readLayout(at.reader, base.tree);
      return listPins({ reader: at.reader, base, layout }, where, mayRead);
    });
  },
);
