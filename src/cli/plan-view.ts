import type { Plan as WirePlan } from '../contract/plan.ts';
import type { Plan, PlannedField, PlannedFile, ServiceChange } from '../domain/plan/plan.ts';
import type { Regeneration } from '../domain/plan/regeneration.ts';
import type { Style } from './style.ts';

/** How a plan is shown: in which colours, and in how many columns (without end where absent). */
export interface PlanView {
  readonly style: Style;
  readonly columns: number | undefined;
}

/** A file of a plan as it is shown. */
export type ShownFile = Pick<PlannedFile, 'path' | 'change'>;

/** What a plan changes in one service, as it is shown. */
export interface ShownService extends Pick<ServiceChange, 'service' | 'fields'> {
  readonly files: readonly ShownFile[];
}

/** As much of a plan as people and programs are shown, whether it was made here or on a server. */
export interface ShownPlan extends Omit<Plan, 'edits' | 'sources' | 'services' | 'hazards'> {
  readonly services: readonly ShownService[];
  readonly hazards: readonly (Omit<Plan['hazards'][number], 'code'> & { readonly code: string })[];
  /** There is nothing to change. */
  readonly empty: boolean;
  /** Of a rollback that generates files. */
  readonly regeneration?: Regeneration | undefined;
}

/** A plan that was made here. */
export const ofPlan = (
  { edits, sources: _sources, ...plan }: Plan,
  regeneration?: Regeneration,
): ShownPlan => ({
  ...plan,
  regeneration,
  empty: edits.length === 0,
});

type WireService = WirePlan['services'][number];

/** A field from a server. A secret that is there has some value, which stays hidden. */
const ofWireField = (field: WireService['fields'][number]): PlannedField => ({
  file: field.file,
  address: field.address,
  field: field.field,
  before: field.presentBefore ? field.before : undefined,
  after: field.presentAfter ? field.after : undefined,
  secret: field.secret,
});

/** A changed file from a server. */
export const ofWireFile = ({ path, change, before, after }: WireService['files'][number]): PlannedFile => {
  const sides = { before: before ?? undefined, after: after ?? undefined };
  return { path, change, ...(sides as Pick<PlannedFile, 'before' | 'after'>) };
};

/** What a server says of one service. */
export const ofWireService = ({ service, files, fields }: WireService): ShownService => ({
  service,
  files,
  fields: fields.map(ofWireField),
});

/** A plan that a server made. */
export const ofWirePlan = (
  { digest: _digest, ...plan }: WirePlan,
  regeneration?: Regeneration | null,
): ShownPlan => ({
  ...plan,
  regeneration: regeneration ?? undefined,
  tenant: plan.tenant ?? undefined,
  environment: plan.environment ?? undefined,
  from: plan.from ?? undefined,
  service: plan.service ?? undefined,
  generatedOutside: plan.generatedOutside ?? undefined,
  target: plan.target ?? undefined,
  services: plan.services.map(ofWireService),
  shared: plan.shared.map((change) => ({ ...change, change: change.change as ShownFile['change'] })),
  pins: plan.pins.map(({ now, presentNow, ...pin }) => ({ ...pin, now: presentNow ? now : undefined })),
  kept: plan.kept.map(({ path, address, pattern, reason }) => ({
    path,
    address: address ?? undefined,
    pattern: pattern ?? undefined,
    reason: reason ?? undefined,
  })),
});
