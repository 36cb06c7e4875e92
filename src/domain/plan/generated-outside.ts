import type { TreeChange } from '../../tree/diff-trees.ts';
import { type Layout, ownerOf } from '../layout/layout.ts';
import type { Plan } from './plan.ts';

/**
 * How many generated files outside a plan's tenant-environment get other content: 0 proves that nobody else notices.
 * Undefined for a plan of no single one.
 */
export function generatedOutside(
  layout: Layout,
  changes: readonly TreeChange[],
  { tenant, environment }: Pick<Plan, 'tenant' | 'environment'>,
): number | undefined {
  if (tenant === undefined || environment === undefined) return undefined;
  return changes.filter(({ path }) => {
    const owner = ownerOf(layout, path);
    return owner?.generated === true && (owner.tenant !== tenant || owner.environment !== environment);
  }).length;
}

interface Outside {
  readonly tenant?: string | null | undefined;
  readonly environment?: string | null | undefined;
  readonly generatedOutside?: number | null | undefined;
}

/** The same in one line, for people; undefined where nothing was counted. */
export function generatedOutsideText({ tenant, environment, generatedOutside }: Outside): string | undefined {
  if (typeof generatedOutside !== 'number') return undefined;
  const files =
    generatedOutside === 1 ? '1 generated file changes' : `${generatedOutside} generated files change`;
  return `${files} outside ${tenant ?? ''}/${environment ?? ''}`;
}
