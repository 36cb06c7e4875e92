import type { Plan } from '../../../src/contract/plan.ts';
import { counted } from '../../words/counted.ts';

/** The files that a plan deletes. */
export const deletesOf = (plan: Pick<Plan, 'services'>): readonly string[] =>
  plan.services.flatMap(({ files }) =>
    files.filter(({ change }) => change === 'deleted').map(({ path }) => path),
  );

/** The counts of a plan in one line. */
export function impactText(plan: Pick<Plan, 'impact' | 'services'>): string {
  const { services, fields, bindings, variables, files } = plan.impact;
  return [
    counted(services, 'service'),
    counted(fields, 'field'),
    counted(bindings, 'binding'),
    counted(variables, 'variable'),
    counted(files, 'file'),
    counted(deletesOf(plan).length, 'delete'),
  ].join(' · ');
}

/** What somebody must tick, one by one, before this may be submitted: each delete, and each blocking hazard. */
export const ticksOf = (plan: Pick<Plan, 'services' | 'hazards'>): readonly string[] => [
  ...plan.hazards.filter(({ blocking }) => blocking).map(({ message }) => message),
  ...deletesOf(plan).map((path) => `delete ${path}`),
];
