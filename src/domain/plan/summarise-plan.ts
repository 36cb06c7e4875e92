import type { FieldValue } from '../../tree/fields/change.ts';
import { foldLine } from './commit-message.ts';
import type { Pin } from '../pin/pin.ts';
import type { Plan, PlannedField, PlannedFile, ServiceChange } from './plan.ts';
import type { PlanSummary, ServiceSummary } from './plan-summary.ts';

/** Changes that a summary names of one service; the rest is only counted. */
const shownChanges = 5;
const longestValue = 60;
const shownPins = 50;
const longestAddress = 1000;
/** Paths that a summary keeps of one hazard. */
const shownPaths = 20;

function valueText(value: FieldValue | undefined): string {
  if (value === undefined) return '(absent)';
  const text = foldLine(typeof value === 'string' ? value : JSON.stringify(value));
  if (text === '') return '""';
  return text.length > longestValue ? `${text.slice(0, longestValue - 1).toWellFormed()}…` : text;
}

const fieldText = ({ field, before, after, secret }: PlannedField): string => {
  const side = (value: FieldValue | undefined): string =>
    secret && value !== undefined ? '••••••' : valueText(value);
  return `${foldLine(field)}: ${side(before)} → ${side(after)}`;
};

const fileText = ({ path, change }: PlannedFile): string => `${foldLine(path)}: ${change}`;

function summaryOf({ service, files, fields }: ServiceChange): ServiceSummary {
  const told = new Set(fields.map(({ file }) => file));
  const texts = [...fields.map(fieldText), ...files.filter(({ path }) => !told.has(path)).map(fileText)];
  return {
    service,
    files: files.length,
    fields: fields.length,
    changes: texts.slice(0, shownChanges),
  };
}

function pinText({ service, name, value, file, address }: Pin): NonNullable<PlanSummary['pins']>[number] {
  const named = `${file}${address}`;
  const isShort = named.length <= longestAddress && foldLine(named) === named;
  return { service, name: foldLine(name), value: valueText(value), ...(isShort ? { address: named } : {}) };
}

/** The plan in short, of limited size and without secret values: what requests, lists and messages keep of it. */
export const summarisePlan = (plan: Plan): PlanSummary => ({
  impact: plan.impact,
  services: plan.services.map(summaryOf),
  hazards: plan.hazards.map((hazard) => ({ ...hazard, paths: hazard.paths.slice(0, shownPaths) })),
  shared: {
    changed: plan.shared.length,
    included: plan.shared.filter(({ included }) => included).length,
  },
  kept: plan.kept.length,
  ...(plan.pins === undefined ? {} : { pins: plan.pins.slice(0, shownPins).map(pinText) }),
});
