import type { Walk } from '../../tree/object.ts';
import { readPlannedFields } from './field-file.ts';
import { impactOf } from './impact.ts';
import { withPinned } from './add-pins.ts';
import type { Plan } from './plan.ts';

/**
 * The same plan with every changed field of every changed file filled in, for people to read. A plan in field mode,
 * and one that is no rollback, has its fields already. Files that cannot be told apart by fields stay listed as files.
 */
export function* explainPlan(plan: Plan): Walk<Plan> {
  if (plan.mode === 'field' || plan.kind !== 'rollback') return plan;
  const kept = new Set(plan.kept.map(({ path, address }) => `${path}${address ?? ''}`));
  const changed = yield* readPlannedFields(plan.services.flatMap(({ files }) => files));
  const fields = Map.groupBy(
    changed.filter(({ address }) => !kept.has(address)),
    ({ file }) => file,
  );
  const services = plan.services.map((service) => ({
    ...service,
    fields: withPinned(
      service.files.flatMap(({ path }) => fields.get(path) ?? []),
      service,
      plan.pins,
    ),
  }));
  return { ...plan, services, impact: impactOf(services) };
}
