import type { Plan, PlannedFile, ServiceChange } from '../domain/plan.ts';
import { scopeName, tenantEnvironmentName } from '../domain/scope.ts';
import { count } from './count.ts';
import { fieldSides } from './field-value.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';
import { widthOf } from './table.ts';

/** The commit a plan is about, for its heading. */
export interface PlanSubject {
  readonly revision: string;
  readonly subject: string;
  readonly author: string;
  /** How long ago, as `2h`. */
  readonly age: string;
}

/** Shared changes shown before the rest is only counted. */
const LONGEST_LIST = 10;

function heading(plan: Plan, about: PlanSubject, style: Style): string[] {
  const revision = `${about.revision.slice(0, 8)} ${style.faint(`(${about.age} ago, ${printable(about.author)}: ${printable(about.subject)})`)}`;
  if (plan.kind === 'undo') return [`${style.heading('Undo')} commit ${revision}`];
  const { tenant = '', environment = '', service } = plan;
  const name = printable(scopeName({ tenant, environment, service }));
  return [
    `${style.heading(`${plan.mode === 'field' ? 'Field' : plan.mode === 'service' ? 'Service' : 'Full'} rollback`)} of ${name} → revision ${revision}`,
  ];
}

function impactLine({ impact, services }: Plan): string {
  const files = services.flatMap((service) => service.files);
  const deletes = files.filter(({ change }) => change === 'deleted').length;
  return [
    count(impact.services, 'service'),
    count(impact.fields, 'field'),
    count(impact.bindings, 'binding'),
    count(impact.variables, 'variable'),
    count(impact.files, 'file'),
    count(deletes, 'delete'),
  ].join(' · ');
}

const marks = { added: '+', deleted: '-', modified: '~', mode: '~' } as const;

function fileLine(file: PlannedFile, style: Style): string {
  const text = `${marks[file.change]} ${printable(file.path)}`;
  const paint =
    file.change === 'added'
      ? style.added
      : file.change === 'deleted'
        ? style.removed
        : (same: string) => same;
  const note = file.change === 'mode' ? style.faint(' (mode)') : '';
  return `  ${paint(text)}${note}`;
}

function serviceLines({ service, files, fields }: ServiceChange, style: Style): string[] {
  const lines = [style.heading(service === null ? '(no service)' : printable(service))];
  const width = Math.min(40, Math.max(0, ...fields.map(({ field }) => widthOf(printable(field)))));
  for (const file of files) {
    lines.push(fileLine(file, style));
    for (const field of fields.filter((one) => one.file === file.path)) {
      const { before, after } = fieldSides(field);
      const name = printable(field.field);
      const padding = ' '.repeat(Math.max(0, width - widthOf(name)));
      lines.push(`      ${name}${padding}  ${style.removed(before)} → ${style.added(after)}`);
    }
  }
  return lines;
}

function leftOutLines(plan: Plan, style: Style): string[] {
  const lines: string[] = [];
  const left = plan.shared.filter(({ included }) => !included);
  if (left.length > 0) {
    lines.push(
      `${style.warning('Left out')}: ${count(left.length, 'shared change')} (--include-shared restores ${left.length === 1 ? 'it' : 'them'} too)`,
    );
  }
  const included = plan.shared.filter(({ included }) => included);
  if (included.length > 0)
    lines.push(`${style.warning('Shared')}: ${count(included.length, 'path')} that others read too`);
  for (const { path, reaches } of plan.shared.slice(0, LONGEST_LIST)) {
    const names = reaches.slice(0, 4).map(tenantEnvironmentName).map(printable).join(', ');
    const more = reaches.length > 4 ? `, and ${reaches.length - 4} more` : '';
    lines.push(`  ${printable(path)} ${style.faint(`reaches ${names || 'nobody'}${more}`)}`);
  }
  if (plan.shared.length > LONGEST_LIST)
    lines.push(style.faint(`  … and ${plan.shared.length - LONGEST_LIST} more (-o json lists all)`));
  for (const kept of plan.kept) {
    lines.push(
      `${style.warning('Kept')}: ${printable(kept.path)}${printable(kept.address ?? '')} ${style.faint(`(${printable(kept.pattern)})`)}`,
    );
  }
  return lines;
}

function warningLines(plan: Plan, style: Style): string[] {
  return [
    ...plan.hazards.map(({ message }) => `${style.warning('Hazard')}: ${printable(message)}`),
    ...plan.conflicts.map(
      ({ address, reason }) =>
        `${style.warning('Stays')}: ${printable(address)} ${style.faint(`(${printable(reason)})`)}`,
    ),
    ...plan.refused.map(
      ({ address, reason }) => `${style.removed('Refused')}: ${printable(address)} (${printable(reason)})`,
    ),
  ];
}

/** A plan as a person reads it before saying yes. Ends with a line break. */
export function planText(plan: Plan, about: PlanSubject, style: Style): string {
  const body = plan.services.flatMap((service) => serviceLines(service, style));
  const empty = plan.edits.length === 0 && plan.refused.length === 0;
  const lines = [
    ...heading(plan, about, style),
    ...(empty ? ['Nothing to change: it is already so.'] : [impactLine(plan), '', ...body]),
    ...leftOutLines(plan, style),
    ...warningLines(plan, style),
  ];
  return `${lines.join('\n')}\n`;
}
