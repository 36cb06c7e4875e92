import type { Actor } from '../../domain/people/actor.ts';
import type { Layout } from '../../domain/layout/layout.ts';
import type { Snapshot } from '../../domain/plan/plan-parts.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { type TenantEnvironment, tenantEnvironmentName } from '../../domain/plan/scope.ts';
import type { Verb } from '../../domain/people/verb.ts';
import { readCommit } from '../../git/read-commit.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import { readLayout } from '../projects/read-layout.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { refusing } from '../refuse-git.ts';
import { resolveRevisionText } from '../requests/resolve-revision-text.ts';

/** Two revisions as people write them; `to` is the head when left out. */
export interface ComparisonQuery extends TenantEnvironment {
  readonly slug: string;
  readonly from: string;
  readonly to?: string | undefined;
}

/** What a comparison works with. */
export interface OpenComparison {
  readonly at: ProjectRepository;
  readonly layout: Layout;
  readonly from: Snapshot;
  readonly to: Snapshot;
}

/**
 * Resolves both revisions of a comparison and hands them to `work`. Throws `not_visible`, a refusal of rights, or one
 * of revisions.
 */
export const openComparison = <T>(
  hub: Hub,
  who: { readonly actor: Actor; readonly verb: Verb },
  { slug, from, to, tenant, environment }: ComparisonQuery,
  work: (open: OpenComparison) => Promise<T>,
): Promise<T> =>
  refusing(async () => {
    const project = await findProject(hub.store, who.actor, slug);
    demandRight(who.actor, who.verb, { projectId: project.id, tenant, environment });
    return hub.repositories.use(project, async (at) => {
      const head = await at.head();
      const { layout } = await readLayout(at.reader, head.tree);
      const scope = tenantEnvironmentName({ tenant, environment });
      const resolve = async (text: string): Promise<Snapshot> => {
        const revision = await resolveRevisionText(hub, at, {
          text,
          head: head.revision,
          among: 'any',
          scope,
        });
        return { revision, tree: (await readCommit(at.reader, revision)).tree };
      };
      return work({
        at,
        layout,
        from: await resolve(from),
        to: to === undefined ? head : await resolve(to),
      });
    });
  })();
