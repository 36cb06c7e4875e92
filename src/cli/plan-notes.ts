import type { Pin } from '../domain/pin/pin.ts';
import { generatedOutsideText } from '../domain/plan/generated-outside.ts';
import type { RefusedEdit, SharedChange } from '../domain/plan/plan.ts';
import { regenerationText } from '../domain/plan/regeneration.ts';
import { tenantEnvironmentName } from '../domain/plan/scope.ts';
import { changeMarks } from './plan-changes.ts';
import { count } from './count.ts';
import { fieldText } from './field-value.ts';
import type { PlanView, ShownPlan } from './plan-view.ts';
import { printable } from './printable.ts';
import { cut, widthOf } from './table.ts';

/** Lines of a list that are shown before the rest is only counted. */
const LONGEST_LIST = 8;
const SHORTEST_NOTE = 24;
const NAMED_READERS = 4;

/** A titled list after an empty line; what is too much for a screen is counted. */
function section(title: string, lines: readonly string[], { style }: PlanView): string[] {
  const more = lines.length - LONGEST_LIST;
  return [
    '',
    title,
    ...lines.slice(0, LONGEST_LIST),
    ...(more > 0 ? [style.faint(`  … and ${more} more (-o json lists all)`)] : []),
  ];
}

/** A path with a faint remark, cut where the line ends but never to nothing. */
function remark(path: string, text: string, { style, columns = Infinity }: PlanView): string {
  const room = Math.max(SHORTEST_NOTE, columns - 4 - widthOf(path));
  return `  ${path}  ${style.faint(cut(text, room))}`;
}

function reachText({ reaches }: SharedChange): string {
  if (reaches.length === 0) return 'reaches no tenant-environment';
  const names = reaches.map(tenantEnvironmentName).map(printable);
  if (reaches.length <= 2) return `reaches ${names.join(' and ')}`;
  const shown = names.slice(0, NAMED_READERS).join(', ');
  const more = names.length > NAMED_READERS ? ', …' : '';
  return `reaches ${reaches.length} tenant-environments: ${shown}${more}`;
}

/** Shared changes that concern the plan's own tenant-environment; all of them for an undo. */
function isNear({ tenant, environment }: ShownPlan, { reaches }: SharedChange): boolean {
  if (tenant === undefined || environment === undefined) return true;
  return reaches.some((one) => one.tenant === tenant && one.environment === environment);
}

const sharedLine = (change: SharedChange, view: PlanView): string =>
  remark(`${changeMarks[change.change]} ${printable(change.path)}`, reachText(change), view);

/** Who chose single fields has left out everything else on purpose, so that mode says nothing of it. */
function leftOutLines(plan: ShownPlan, view: PlanView): string[] {
  if (plan.mode === 'field') return [];
  const left = plan.shared.filter(({ included }) => !included);
  if (left.length === 0) return [];
  const near = left.filter((change) => isNear(plan, change));
  const far = left.length - near.length;
  const restore = `--include-shared restores ${left.length === 1 ? 'it' : 'them'} too`;
  const title = `${view.style.warning('Left out')}: ${count(left.length, 'shared change')} (${restore})`;
  const rest =
    far > 0
      ? [view.style.faint(`  ${count(far, 'shared change')} reach${far === 1 ? 'es' : ''} others only`)]
      : [];
  return [
    ...section(
      title,
      near.map((change) => sharedLine(change, view)),
      view,
    ),
    ...rest,
  ];
}

function includedLines(plan: ShownPlan, view: PlanView): string[] {
  const included = plan.shared.filter((change) => change.included);
  if (included.length === 0) return [];
  const reached = new Set(included.flatMap(({ reaches }) => reaches.map(tenantEnvironmentName)));
  const readers = count(reached.size, 'tenant-environment');
  const title = `${view.style.warning('Shared')}: ${count(included.length, 'path')} that ${readers} read${reached.size === 1 ? 's' : ''}`;
  return section(
    title,
    included.map((change) => sharedLine(change, view)),
    view,
  );
}

/** One pin: what stays for this scope, and what others have. */
function pinLine({ service, name, value, now, shared }: Pin, view: PlanView): string {
  const others = now === undefined ? 'nothing sets it now' : `${fieldText(now)} now`;
  const what = `${service === null ? '' : `${printable(service)} `}${printable(name)}: ${fieldText(value)}`;
  return remark(what, `${printable(shared)} said so then; ${others}`, view);
}

function pinnedLines(plan: ShownPlan, view: PlanView): string[] {
  const { pins = [] } = plan;
  if (pins.length === 0) return [];
  const title = `${view.style.warning('Pinned')}: ${count(pins.length, 'shared value')}, for this scope alone`;
  return section(
    title,
    pins.map((pin) => pinLine(pin, view)),
    view,
  );
}

function keptLines({ kind, kept }: ShownPlan, view: PlanView): string[] {
  if (kept.length === 0) return [];
  const lines = kept.map(({ path, address, pattern = '', reason }) =>
    remark(
      printable(`${path}${address ?? ''}`),
      printable(pattern === '' ? (reason ?? '') : `by ${pattern}`),
      view,
    ),
  );
  const what =
    kind === 'promotion'
      ? `${count(kept.length, 'difference')} between the environments`
      : `${count(kept.length, 'match', 'matches')} of keep patterns`;
  return section(`${view.style.warning('Kept')}: ${what}`, lines, view);
}

function reasonLines(title: string, list: readonly RefusedEdit[], view: PlanView): string[] {
  if (list.length === 0) return [];
  const lines = list.map(({ address, reason }) => remark(printable(address), printable(reason), view));
  return section(title, lines, view);
}

function hazardLines({ hazards }: ShownPlan, { style }: PlanView): string[] {
  if (hazards.length === 0) return [];
  const line = ({ message, blocking }: ShownPlan['hazards'][number]): string =>
    `${style.warning('Hazard')}: ${printable(message)}${blocking ? '; allow it with --allow-delete' : ''}`;
  return ['', ...hazards.map(line)];
}

function regenerationLines(plan: ShownPlan, { style }: PlanView): string[] {
  const { regeneration, generatedOutside, empty } = plan;
  if (empty) return [];
  const facts = [
    { text: regeneration && regenerationText(regeneration), good: regeneration?.exact },
    { text: generatedOutsideText(plan), good: generatedOutside === 0 },
  ];
  const lines = facts.flatMap(({ text, good }) =>
    text === undefined ? [] : [good ? printable(text) : style.warning(printable(text))],
  );
  return lines.length === 0 ? [] : ['', ...lines];
}

/** What a person should know besides the changes: what is left out, shared, kept, in conflict, dangerous or refused. */
export function noteLines(plan: ShownPlan, view: PlanView): string[] {
  const { conflicts, refused } = plan;
  const { warning, removed } = view.style;
  return [
    ...leftOutLines(plan, view),
    ...includedLines(plan, view),
    ...pinnedLines(plan, view),
    ...keptLines(plan, view),
    ...reasonLines(
      `${warning('Stays')}: ${count(conflicts.length, 'conflict')}, not undone`,
      conflicts,
      view,
    ),
    ...regenerationLines(plan, view),
    ...hazardLines(plan, view),
    ...reasonLines(`${removed('Refused')}: ${count(refused.length, 'field')}`, refused, view),
  ];
}
