import type { TreeChange } from '../tree/diff-trees.ts';
import type { Edit } from '../tree/edit.ts';
import type { FieldChange } from '../tree/fields/change.ts';
import { changedFields } from '../tree/fields/changes.ts';
import { spliceFields } from '../tree/fields/splice.ts';
import type { Walk } from '../tree/object.ts';
import { chooseFields } from './choose-fields.ts';
import { impactOf } from './impact.ts';
import type { Plan, PlannedField, RefusedEdit, SharedChange } from './plan.ts';
import { groupByService, isEditable, plannedFile } from './plan-parts.ts';
import type { RollbackQuery } from './plan-rollback.ts';
import { readTexts } from './read-texts.ts';
import { Refusal } from './refusal.ts';

/** A changed file of the service with its two texts, or why its fields cannot be told apart. */
export interface FieldFile {
  readonly change: TreeChange;
  readonly texts: { readonly now: string; readonly past: string } | undefined;
  readonly fields: readonly FieldChange[];
  readonly opaque: string | undefined;
}

/** Reads the changed files of a service as fields. */
export function* readFieldFiles(changes: readonly TreeChange[]): Walk<readonly FieldFile[]> {
  const texts = yield* readTexts(
    changes.filter(isEditable).flatMap(({ before, after }) => [before?.oid, after?.oid]),
  );
  return changes.map((change) => {
    const [now, past] = [texts.get(change.before?.oid ?? ''), texts.get(change.after?.oid ?? '')];
    if (now === undefined || past === undefined)
      return { change, texts: undefined, fields: [], opaque: whyWhole(change) };
    const found = changedFields(now, past);
    if (found.kind === 'opaque') return { change, texts: { now, past }, fields: [], opaque: found.reason };
    return { change, texts: { now, past }, fields: found.changes, opaque: undefined };
  });
}

function whyWhole(change: TreeChange): string {
  if (!change.before) return 'the file does not exist now';
  if (!change.after) return 'the file does not exist at the target';
  if (change.before.oid === change.after.oid) return 'only its mode differs';
  if (!isEditable(change)) return 'it is a symbolic link or submodule';
  return 'it is not text, or larger than the limit';
}

/** Plans field mode: only the chosen fields change, and only their bytes. All or nothing. */
export function* planFields(
  query: RollbackQuery,
  changes: readonly TreeChange[],
  shared: readonly SharedChange[],
): Walk<Plan> {
  const { scope, base, target } = query;
  if (scope.service === undefined) throw new Refusal('service_required');
  if (!scope.fields || scope.fields.length === 0) throw new Refusal('empty_field_selection');
  const files = yield* readFieldFiles(changes);
  const chosen = chooseFields(scope.fields, files, target.revision);
  const edits: Edit[] = [];
  const refused: RefusedEdit[] = [];
  for (const [file, fields] of chosen) spliceFile(file, fields, { edits, refused });
  const planned = [...chosen].flatMap(([file, fields]) =>
    fields.map((field) => plannedField(file.change.path, field)),
  );
  const services = groupByService(
    query.layout,
    [...chosen.keys()].map(({ change }) => plannedFile(change)),
    planned,
  );
  return {
    kind: 'rollback',
    mode: 'field',
    tenant: scope.tenant,
    environment: scope.environment,
    service: scope.service,
    base: base.revision,
    target: target.revision,
    edits: refused.length > 0 ? [] : edits,
    sources: planned.map(({ address, before, after }) => ({ kind: 'field', address, before, after })),
    services,
    shared,
    kept: [],
    hazards: [],
    refused,
    conflicts: [],
    impact: impactOf(services),
  };
}

/** A field of a file as plans and people name it: with the file in its address. */
export const plannedField = (path: string, field: FieldChange): PlannedField => ({
  file: path,
  address: `${path}${field.address}`,
  field: field.short,
  before: field.before,
  after: field.after,
  secret: field.secret,
});

interface Outcome {
  readonly edits: Edit[];
  readonly refused: RefusedEdit[];
}

function spliceFile(file: FieldFile, fields: readonly FieldChange[], { edits, refused }: Outcome): void {
  const { path, before } = file.change;
  if (!file.texts || !before) return;
  const addresses = fields.map(({ address }) => address);
  const result = spliceFields(file.texts.now, file.texts.past, addresses);
  if (result.kind === 'text') edits.push({ kind: 'write', path, mode: before.mode, text: result.text });
  else
    for (const { address, reason } of result.refusals) refused.push({ address: `${path}${address}`, reason });
}
