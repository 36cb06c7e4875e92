import type { PlannedField } from '../domain/plan/plan.ts';
import type { RequestState } from '../domain/request/request.ts';
import { tenantEnvironmentName } from '../domain/plan/scope.ts';
import type { ShownPlan } from './plan-view.ts';

export type PlanOutcome = 'committed' | 'unchanged' | 'dry-run' | 'refused' | RequestState;

/** What became of a plan, for programs. */
export interface PlanResult {
  readonly digest: string;
  readonly outcome: PlanOutcome;
  readonly commit: string | undefined;
  readonly pushed: boolean;
}

/** One side of a field: the value, the word for a secret, or no key at all when the field is absent. */
const side = (name: 'before' | 'after', field: PlannedField) => {
  const value = field[name];
  return value === undefined ? {} : { [name]: field.secret ? '(secret)' : value };
};

/** The stable form that `-o json` and `-o yaml` print. A field that is absent on one side has no key for that side. */
export const planJson = (plan: ShownPlan, result: PlanResult) => ({
  kind: plan.kind,
  mode: plan.mode,
  tenant: plan.tenant ?? null,
  environment: plan.environment ?? null,
  ...(plan.from === undefined ? {} : { from: plan.from }),
  service: plan.service ?? null,
  base: plan.base,
  target: plan.target ?? null,
  digest: result.digest,
  outcome: result.outcome,
  impact: plan.impact,
  services: plan.services.map(({ service, files, fields }) => ({
    service,
    files: files.map(({ path, change }) => ({ path, change })),
    fields: fields.map((field) => ({
      file: field.file,
      address: field.address,
      field: field.field,
      ...side('before', field),
      ...side('after', field),
    })),
  })),
  shared: plan.shared.map(({ path, change, reaches, included }) => ({
    path,
    change,
    reaches: reaches.map(tenantEnvironmentName),
    included,
  })),
  pins: plan.pins ?? [],
  kept: plan.kept.map(({ path, address, pattern, reason }) => ({
    path,
    ...(address === undefined ? {} : { address }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(reason === undefined ? {} : { reason }),
  })),
  hazards: plan.hazards,
  refused: plan.refused,
  conflicts: plan.conflicts,
  ...(plan.generatedOutside === undefined ? {} : { generatedOutside: plan.generatedOutside }),
  ...(plan.regeneration ? { regeneration: plan.regeneration } : {}),
  commit: result.commit ?? null,
  pushed: result.pushed,
});
