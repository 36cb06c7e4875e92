import type { Edit } from '../../tree/edit.ts';
import type { Walk } from '../../tree/object.ts';
import { listPaths } from '../../tree/read-paths.ts';
import { editOf, restore } from '../../tree/restore.ts';
import type { TreeChange } from '../../tree/diff-trees.ts';
import { checkScope } from './check-scope.ts';
import { impactOf } from './impact.ts';
import { type KeepOutcome, applyKeep } from './apply-keep.ts';
import { selectGenerated, selectScope, selectSharedWith } from '../layout/layout-selector.ts';
import type { Hazard, Plan } from './plan.ts';
import { planFields } from './plan-fields.ts';
import { groupByService, oddEntryHazards, plannedFile } from './plan-parts.ts';
import { Refusal } from '../refusal/refusal.ts';
import type { RollbackQuery } from './rollback-query.ts';
import { scopeName } from './scope.ts';
import { describeShared } from './shared-changes.ts';

/**
 * Plans a rollback: in full and service mode every path of the scope becomes as it was at the target, in field mode
 * only the chosen fields do. Same query, same plan. Throws a Refusal when the scope or a field does not exist.
 */
export function* planRollback(query: RollbackQuery): Walk<Plan> {
  const { scope, base, target, layout } = query;
  const own = yield* restore(base.tree, target.tree, selectScope(layout, scope));
  const hazards = [...(yield* checkTarget(query, own.changes)), ...(yield* staleOutput(query, own.changes))];
  const read = yield* restore(base.tree, target.tree, selectSharedWith(layout, scope));
  const shared = yield* describeShared(
    layout,
    base.tree,
    read.changes.map((change) => ({ ...change, included: query.includeShared && scope.mode !== 'field' })),
  );
  if (scope.mode === 'field') return { ...(yield* planFields(query, own.changes, shared)), hazards };
  const restored = query.includeShared ? [own, read] : [own];
  const kept = yield* applyKeep(
    query.keep,
    restored.flatMap(({ changes }) => changes),
  );
  const files = kept.changes.map(plannedFile);
  const services = groupByService(layout, files);
  return {
    kind: 'rollback',
    mode: scope.mode,
    tenant: scope.tenant,
    environment: scope.environment,
    service: scope.service,
    base: base.revision,
    target: target.revision,
    edits: kept.kept.length > 0 ? editsOf(kept) : restored.flatMap(({ edits }) => edits),
    sources: kept.changes.map((change) => ({
      kind: 'file',
      ...change,
      kept: kept.keptFields.get(change.path) ?? [],
    })),
    services,
    shared,
    kept: kept.kept,
    hazards: [...hazards, ...oddEntryHazards(files)],
    refused: [],
    conflicts: [],
    impact: impactOf(services),
  };
}

/** File by file: some of them stay, or get a content of their own. */
const editsOf = (kept: KeepOutcome): Edit[] =>
  kept.changes.map((change) => kept.written.get(change.path) ?? editOf(change));

/** The scope must be there now or at the target; a service that the target lacks is a hazard, a scope is a refusal. */
function* checkTarget(query: RollbackQuery, changes: readonly TreeChange[]): Walk<Hazard[]> {
  const { scope, base, target, layout } = query;
  if (changes.some((change) => change.after !== undefined)) return [];
  const select = selectScope(layout, scope);
  if ((yield* listPaths(target.tree, select, 1)).size > 0) return [];
  const whole = selectScope(layout, { tenant: scope.tenant, environment: scope.environment });
  const there = (yield* listPaths(base.tree, select, 1)).size > 0;
  if (!there) yield* checkScope(layout, base.tree, scope);
  if (scope.service === undefined || (yield* listPaths(target.tree, whole, 1)).size === 0) {
    throw new Refusal('target_without_scope', {
      scope: scopeName({ ...scope, service: undefined }),
      revision: target.revision.slice(0, 8),
    });
  }
  const message = `${scope.service} does not exist at ${target.revision.slice(0, 8)}: this deletes it`;
  return [
    { code: 'service_absent_at_target', message, blocking: true, paths: changes.map(({ path }) => path) },
  ];
}

/** Generated files are never restored. Where nobody brings them along, a person must know that it is due. */
function* staleOutput(
  { layout, base, scope, regenerates }: RollbackQuery,
  changes: readonly TreeChange[],
): Walk<Hazard[]> {
  if (changes.length === 0 || regenerates === true) return [];
  const generated = yield* listPaths(base.tree, selectGenerated(layout, scope), 1);
  const [path] = generated.keys();
  if (path === undefined) return [];
  const message = `generated files such as ${path} stay as they are: run your generator afterwards`;
  return [{ code: 'not_regenerated', message, blocking: false, paths: [path] }];
}
