import type { Actor } from '../../domain/people/actor.ts';
import { type TreeComparison, compareTrees } from '../../domain/plan/compare-trees.ts';
import { drive } from '../../git/drive.ts';
import type { Hub } from '../hub.ts';
import { type ComparisonQuery, openComparison } from './open-comparison.ts';

/** What differs between two revisions, by their full ids. */
export interface RevisionComparison extends TreeComparison {
  readonly from: string;
  readonly to: string;
}

/** What differs between two revisions in a tenant-environment, or in one service of it. */
export const compareRevisions = (
  hub: Hub,
  actor: Actor,
  query: ComparisonQuery & { readonly service?: string | undefined },
): Promise<RevisionComparison> =>
  openComparison(hub, { actor, verb: 'read' }, query, async ({ at, layout, from, to }) => {
    const scope = { tenant: query.tenant, environment: query.environment, service: query.service };
    const pair = { from: from.tree, to: to.tree };
    const found = await drive(at.reader, compareTrees(layout, scope, pair));
    return { ...found, from: from.revision, to: to.revision };
  });
