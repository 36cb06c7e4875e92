import { type EntryState, type TreeChange, diffTrees } from '../../tree/diff-trees.ts';
import type { Walk } from '../../tree/object.ts';
import { readPaths } from '../../tree/read-paths.ts';
import { everything } from '../../tree/select.ts';
import { type KeepOutcome, applyKeep } from './apply-keep.ts';
import { chooseFields } from './choose-fields.ts';
import { impactOf } from './impact.ts';
import type { KeepPattern } from './keep.ts';
import { type Layout, ownerOf } from '../layout/layout.ts';
import type { Plan } from './plan.ts';
import { readFieldFiles } from './field-file.ts';
import type { Bindings } from '../layout/template.ts';
import { type Snapshot, groupByService, oddEntryHazards } from './plan-parts.ts';
import { readTexts } from './read-texts.ts';
import { Refusal } from '../refusal/refusal.ts';
import { scopeOfPaths } from './shared-changes.ts';
import { type UndoneFile, undoFields, undoFile } from './undo-file.ts';

/** A commit to undo, with the tree it made and the one it found; `layout` is needed only to name a service. */
export interface UndoQuery {
  readonly commit: Snapshot;
  readonly parentTree: string;
  readonly base: Snapshot;
  readonly layout: Layout | undefined;
  readonly where: Bindings;
  readonly fields: readonly string[] | undefined;
  /** What is left as it is, unless fields are chosen; none unless told: an undo takes back all that the commit did. */
  readonly keep?: readonly KeepPattern[];
}

/**
 * Plans to undo exactly what one commit changed, wherever it changed it. A file that is as the commit left it goes
 * back whole; in a file that has changed since, only the commit's own lines or fields go back. What changed again
 * since is a conflict and stays. Throws when everything is a conflict.
 */
export function* planUndo(query: UndoQuery): Walk<Plan> {
  const all = yield* diffTrees(query.commit.tree, query.parentTree, everything);
  const changes = all.filter(({ path }) => concerns(query, path));
  if (changes.length === 0 && all.length > 0) refuseOutside(query);
  const now = yield* readPaths(
    query.base.tree,
    changes.map(({ path }) => path),
  );
  const held = yield* applyKeep(query.fields ? [] : (query.keep ?? []), changes);
  const outcomes = query.fields ? yield* chosenFields(query, changes, now) : yield* wholeChanges(held, now);
  const conflicts = outcomes.flatMap((outcome) => outcome.conflicts);
  const edits = outcomes.flatMap((outcome) => (outcome.edit ? [outcome.edit] : []));
  if (edits.length === 0 && conflicts.length > 0) {
    const list = conflicts.map(({ address }) => address).join(', ');
    throw new Refusal('undo_conflict', { commit: query.commit.revision.slice(0, 8), list }, { conflicts });
  }
  const files = outcomes.flatMap((outcome) => (outcome.edit ? [outcome.file] : []));
  const services = groupByService(
    query.layout,
    files,
    outcomes.flatMap((outcome) => outcome.fields),
  );
  return {
    kind: 'undo',
    mode: query.fields ? 'field' : query.where.service === undefined ? 'full' : 'service',
    tenant: query.where.tenant,
    environment: query.where.environment,
    service: query.where.service,
    base: query.base.revision,
    target: query.commit.revision,
    edits,
    sources: outcomes.flatMap((outcome) => outcome.sources),
    services,
    shared: query.layout
      ? yield* scopeOfPaths(
          query.layout,
          query.base.tree,
          files.map(({ path, before, after }) => ({ path, before, after })),
        )
      : [],
    kept: held.kept,
    hazards: oddEntryHazards(files),
    refused: [],
    conflicts,
    impact: impactOf(services),
  };
}

function concerns({ layout, where }: UndoQuery, path: string): boolean {
  const owner = layout && ownerOf(layout, path);
  if (owner?.generated) return false;
  return (['tenant', 'environment', 'service'] as const).every(
    (name) => where[name] === undefined || owner?.[name] === where[name],
  );
}

function refuseOutside({ commit, where }: UndoQuery): never {
  const scope = [where.tenant, where.environment, where.service]
    .filter((name) => name !== undefined)
    .join('/');
  throw new Refusal('undo_outside_scope', { commit: commit.revision.slice(0, 8), scope });
}

function* wholeChanges(
  { changes, keptFields }: KeepOutcome,
  now: ReadonlyMap<string, EntryState>,
): Walk<readonly UndoneFile[]> {
  const texts = yield* readTexts(
    changes.flatMap(({ path, before, after }) => [before?.oid, after?.oid, now.get(path)?.oid]),
  );
  const partly = yield* readFieldFiles(changes.filter(({ path }) => keptFields.has(path)));
  const rest = partly.map((file): UndoneFile => {
    const { path } = file.change;
    const state = now.get(path);
    const fields = file.fields.filter(({ address }) => !keptFields.get(path)?.includes(address));
    return undoFields({ ...file, fields }, state, texts.get(state?.oid ?? ''));
  });
  const whole = changes.filter(({ path }) => !keptFields.has(path));
  return [...rest, ...whole.map((change) => undoFile(change, now.get(change.path), texts))];
}

function* chosenFields(
  query: UndoQuery,
  changes: readonly TreeChange[],
  now: ReadonlyMap<string, EntryState>,
): Walk<readonly UndoneFile[]> {
  const files = yield* readFieldFiles(changes);
  const chosen = chooseFields(query.fields ?? [], files, query.commit.revision);
  const texts = yield* readTexts([...chosen.keys()].map(({ change }) => now.get(change.path)?.oid));
  return [...chosen].map(([file, fields]) => {
    const state = now.get(file.change.path);
    return undoFields({ ...file, fields }, state, texts.get(state?.oid ?? ''));
  });
}
