import type { Actor } from '../../domain/people/actor.ts';
import { checkScope } from '../../domain/plan/check-scope.ts';
import { compareTrees } from '../../domain/plan/compare-trees.ts';
import { drive } from '../../git/drive.ts';
import type { Hub } from '../hub.ts';
import type { RevisionComparison } from './compare-revisions.ts';
import { type ComparisonQuery, openComparison } from './open-comparison.ts';

/**
 * The fields of one service that differ between two revisions, to choose from for a rollback of fields. Throws
 * `service_unknown` for a service that is neither there now nor at the revision.
 */
export const listChangedFields = (
  hub: Hub,
  actor: Actor,
  query: ComparisonQuery & { readonly service: string },
): Promise<RevisionComparison> =>
  openComparison(hub, { actor, verb: 'preview' }, query, async ({ at, layout, from, to }) => {
    const { tenant, environment, service } = query;
    const scope = { tenant, environment, service };
    const pair = { from: from.tree, to: to.tree };
    const found = await drive(at.reader, compareTrees(layout, scope, pair));
    if (found.services.length === 0) await drive(at.reader, checkScope(layout, to.tree, scope));
    return { ...found, from: from.revision, to: to.revision };
  });
