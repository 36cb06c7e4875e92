import type { TreeChange } from '../../tree/diff-trees.ts';
import type { Edit } from '../../tree/edit.ts';
import type { FieldChange } from '../../tree/fields/change.ts';
import { spliceFields } from '../../tree/fields/splice.ts';
import type { Walk } from '../../tree/object.ts';
import { chooseFields } from './choose-fields.ts';
import { type FieldFile, plannedField, readFieldFiles } from './field-file.ts';
import { impactOf } from './impact.ts';
import { keepChosen } from './keep-chosen.ts';
import type { Plan, RefusedEdit, SharedChange } from './plan.ts';
import { groupByService, plannedFile } from './plan-parts.ts';
import type { RollbackQuery } from './rollback-query.ts';
import { Refusal } from '../refusal/refusal.ts';

/** Plans field mode: only the chosen fields change, and only their bytes; keep patterns hold some back. All or nothing. */
export function* planFields(
  query: RollbackQuery,
  changes: readonly TreeChange[],
  shared: readonly SharedChange[],
): Walk<Plan> {
  const { scope, base, target } = query;
  if (scope.service === undefined) throw new Refusal('service_required');
  const files = yield* readFieldFiles(changes);
  const { chosen, kept } = keepChosen(query.keep, chooseFields(scope.fields ?? [], files, target.revision));
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
    kept,
    hazards: [],
    refused,
    conflicts: [],
    impact: impactOf(services),
  };
}

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
