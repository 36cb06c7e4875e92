import type { FieldValue } from '../../tree/fields/change.ts';
import type { Plan, SourceEdit } from './plan.ts';

const FORMAT = 'knowngood-plan-1';

/** JSON with sorted keys, so that equal values have equal text. */
function canonical(value: FieldValue | undefined): string {
  if (value === undefined) return 'absent';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

const state = (entry: { readonly mode: string; readonly oid: string } | undefined): string =>
  entry ? `${entry.mode} ${entry.oid}` : 'absent';

const line = (edit: SourceEdit): string =>
  edit.kind === 'file'
    ? [
        'file',
        JSON.stringify(edit.path),
        state(edit.before),
        state(edit.after),
        JSON.stringify(edit.kept),
      ].join(' ')
    : ['field', JSON.stringify(edit.address), canonical(edit.before), canonical(edit.after)].join(' ');

/**
 * The canonical text whose SHA-256 is a plan's digest: format, scope, target and each source edit, sorted. The base
 * is not in it, so a branch that moved elsewhere keeps the digest; a touched path that moved does not.
 */
export function digestText(plan: Plan): string {
  const head = {
    kind: plan.kind,
    mode: plan.mode,
    tenant: plan.tenant ?? null,
    environment: plan.environment ?? null,
    service: plan.service ?? null,
    target: plan.target ?? null,
    ...(plan.from === undefined ? {} : { from: plan.from }),
  };
  return [FORMAT, canonical(head), ...plan.sources.map(line).toSorted(), ''].join('\n');
}
