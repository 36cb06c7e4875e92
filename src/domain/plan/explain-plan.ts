import { changedFields } from '../../tree/fields/changes.ts';
import type { Walk } from '../../tree/object.ts';
import { impactOf } from './impact.ts';
import type { Plan, PlannedField, PlannedFile, ServiceChange } from './plan.ts';
import { plannedField } from './field-file.ts';
import { isEditable } from './plan-parts.ts';
import { readTexts } from './read-texts.ts';

/**
 * The same plan with every changed field of every changed file filled in, for people to read. A plan in field mode,
 * and one that is no rollback, has its fields already. Files that cannot be told apart by fields stay listed as files.
 */
export function* explainPlan(plan: Plan): Walk<Plan> {
  if (plan.mode === 'field' || plan.kind !== 'rollback') return plan;
  const files = plan.services.flatMap((service) => service.files).filter(isEditable);
  const texts = yield* readTexts(files.flatMap(({ before, after }) => [before?.oid, after?.oid]));
  const kept = new Set(plan.kept.map(({ path, address }) => `${path}${address ?? ''}`));
  const fieldsOf = (file: PlannedFile): PlannedField[] => {
    const [now, past] = [texts.get(file.before?.oid ?? ''), texts.get(file.after?.oid ?? '')];
    if (now === undefined || past === undefined) return [];
    const found = changedFields(now, past);
    if (found.kind === 'opaque') return [];
    return found.changes
      .map((field) => plannedField(file.path, field))
      .filter(({ address }) => !kept.has(address));
  };
  const services: ServiceChange[] = plan.services.map((service) => ({
    ...service,
    fields: service.files.filter(isEditable).flatMap(fieldsOf),
  }));
  return { ...plan, services, impact: impactOf(services) };
}
