import type { FieldValue } from '../tree/fields/change.ts';
import { foldLine } from './commit-message.ts';
import type { PlanSummary, ServiceSummary } from './plan-summary.ts';
import type { Plan, PlannedField, PlannedFile, ServiceChange } from './plan.ts';

const mostChanges = 20;
const longestValue = 60;
const mostPaths = 20;

function valueText(value: FieldValue | undefined): string {
  if (value === undefined) return '(absent)';
  const text = foldLine(typeof value === 'string' && value !== '' ? value : JSON.stringify(value));
  return text.length > longestValue ? `${text.slice(0, longestValue - 1).toWellFormed()}…` : text;
}

/** `image.tag: v2.1.0 → v2.0.9`; a value that must not be shown is only said to change. */
export function changeText(field: Pick<PlannedField, 'field' | 'before' | 'after' | 'secret'>): string {
  const name = foldLine(field.field);
  if (field.secret) return `${name}: (secret)`;
  return `${name}: ${valueText(field.before)} → ${valueText(field.after)}`;
}

const fileWords = {
  added: 'brought back',
  deleted: 'deleted',
  modified: 'changed',
  mode: 'mode changed',
} as const satisfies Record<PlannedFile['change'], string>;

function summarizeService({ service, files, fields }: ServiceChange): ServiceSummary {
  const explained = new Set(fields.map(({ file }) => file));
  const whole = files.filter(({ path }) => !explained.has(path));
  const changes = [
    ...fields.slice(0, mostChanges).map(changeText),
    ...whole.slice(0, mostChanges).map(({ path, change }) => `${foldLine(path)}: ${fileWords[change]}`),
  ];
  return {
    service,
    files: files.length,
    fields: fields.length,
    changes: changes.slice(0, mostChanges),
  };
}

/** A plan as it is kept with its request: of limited size, without content and without secret values. */
export const summarizePlan = (plan: Plan): PlanSummary => ({
  impact: plan.impact,
  services: plan.services.map(summarizeService),
  hazards: plan.hazards.map((hazard) => ({ ...hazard, paths: hazard.paths.slice(0, mostPaths) })),
  shared: {
    changed: plan.shared.length,
    included: plan.shared.filter(({ included }) => included).length,
  },
  kept: plan.kept.length,
});
