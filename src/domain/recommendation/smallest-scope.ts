import type { Mode } from '../plan/scope.ts';
import type { Plan } from '../plan/plan.ts';
import type { ChosenField } from './recommendation.ts';

export interface SmallestScope {
  readonly mode: Mode;
  readonly service: string | undefined;
  readonly fields: readonly ChosenField[];
}

/** More than these are no choice any more; the whole service says it better. */
const fewFields = 5;

/**
 * The smallest scope that takes back all of a full rollback, given with its fields filled in: some fields of one service,
 * that service, or everything. Undefined when the plan changes nothing.
 */
export function smallestScope({ services }: Pick<Plan, 'services'>): SmallestScope | undefined {
  const [only, ...others] = services;
  if (!only) return undefined;
  if (others.length > 0 || only.service === null) return { mode: 'full', service: undefined, fields: [] };
  const { service, files, fields } = only;
  const told = new Set(fields.map(({ file }) => file));
  const byFields = fields.length <= fewFields && files.every(({ path }) => told.has(path));
  if (!byFields) return { mode: 'service', service, fields: [] };
  return { mode: 'field', service, fields: fields.map(({ field, address }) => ({ field, address })) };
}
