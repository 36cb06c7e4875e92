import type { EntryState } from '../../tree/diff-trees.ts';
import type { FieldChange } from '../../tree/fields/change.ts';
import { changedFields } from '../../tree/fields/changes.ts';
import { spliceFields } from '../../tree/fields/splice.ts';
import { type Walk, isRegularFile } from '../../tree/object.ts';
import { listPaths } from '../../tree/read-paths.ts';
import { selectScope } from '../layout/layout-selector.ts';
import { pathInEnvironment } from '../layout/path-in-environment.ts';
import type { Kept, RefusedEdit } from './plan.ts';
import { plannedFile } from './plan-parts.ts';
import type { PromotionQuery } from './promotion-query.ts';
import { type PromotionRule, whyStays } from './promotion-rule.ts';
import { readTexts } from './read-texts.ts';
import { type WrittenFile, writtenFile } from './written-file.ts';

/** What the promotion of one service comes to. `isNew`: the later environment does not have it yet. */
export interface PromotedService {
  readonly isNew: boolean;
  readonly written: readonly WrittenFile[];
  readonly kept: readonly Kept[];
  readonly refused: readonly RefusedEdit[];
}

interface Outcome {
  readonly written: WrittenFile[];
  readonly kept: Kept[];
  readonly refused: RefusedEdit[];
}

/** One file of a service in the earlier environment, and what stands in its place in the later one. */
interface Pair {
  readonly path: string;
  readonly source: EntryState;
  readonly present: EntryState | undefined;
  readonly sourceText: string | undefined;
  readonly text: string | undefined;
}

/** Works out which files and fields of a service are carried, and which stay. */
export function* promoteService(query: PromotionQuery, service: string): Walk<PromotedService> {
  const { tenant, from, to, base, layout } = query;
  const sources = yield* listPaths(base.tree, selectScope(layout, { tenant, environment: from, service }));
  const there = yield* listPaths(base.tree, selectScope(layout, { tenant, environment: to, service }));
  const states = [...sources, ...there].map(([, { oid }]) => oid);
  const texts = yield* readTexts(states);
  const isNew = there.size === 0;
  const outcome: Outcome = { written: [], kept: [], refused: [] };
  for (const [path, source] of sources) {
    const twin = pathInEnvironment(layout, path, to);
    if (twin === undefined) {
      outcome.kept.push(whole(path, `it has no place in ${to}`));
      continue;
    }
    const present = there.get(twin);
    if (present?.oid === source.oid) continue;
    const pair: Pair = {
      path: twin,
      source,
      present,
      sourceText: texts.get(source.oid),
      text: texts.get(present?.oid ?? ''),
    };
    if (present) carryFields(query, pair, outcome);
    else carryFile(query, pair, isNew, outcome);
  }
  return { isNew, ...outcome };
}

const whole = (path: string, reason: string): Kept => ({
  path,
  address: undefined,
  pattern: undefined,
  reason,
});

/** A file that the later environment lacks: of a new service, or of what is carried alone, it comes as it is. */
function carryFile(query: PromotionQuery, pair: Pair, isNew: boolean, { written, kept }: Outcome): void {
  const { path, source, sourceText } = pair;
  const found = sourceText === undefined ? undefined : changedFields('{}\n', sourceText);
  const fields = found?.kind === 'fields' ? found.changes : [];
  const stays = fields.map((field) => whyStays(query, path, field)).find((one) => one !== undefined);
  const pattern = query.keep.find(({ fields, matchesFile }) => fields === undefined && matchesFile(path));
  if (pattern) kept.push({ ...whole(path, 'a keep pattern names it'), pattern: pattern.source });
  else if (isNew || (fields.length > 0 && !stays))
    written.push({
      file: plannedFile({ path, before: undefined, after: source }),
      edit: { kind: 'put', path, ...source },
      fields: [],
      whole: true,
    });
  else kept.push(whole(path, `${query.to} does not have this file`));
}

/** A file that both have: its carried fields, each to the byte, and the rest stays. */
function carryFields(query: PromotionQuery, pair: Pair, outcome: Outcome): void {
  const { path, source, present, sourceText, text } = pair;
  if (text === undefined || sourceText === undefined || !present || !isText(source) || !isText(present)) {
    outcome.kept.push(whole(path, 'it is no text file in both'));
    return;
  }
  const found = changedFields(text, sourceText);
  if (found.kind === 'opaque') {
    carryLine(query, pair, { reason: found.reason, outcome });
    return;
  }
  const addresses = carriedOf(query, path, found.changes, outcome);
  const result = spliceFields(text, sourceText, addresses);
  if (result.kind === 'refused') {
    for (const { address, reason } of result.refusals)
      outcome.refused.push({ address: `${path}${address}`, reason });
    return;
  }
  const writing = { path, before: present, now: text, text: result.text, whole: false };
  const file = writtenFile(writing, query.blobId);
  if (file) outcome.written.push(file);
}

const isText = ({ mode }: EntryState): boolean => isRegularFile(mode);

function carriedOf(
  rule: PromotionRule,
  path: string,
  changes: readonly FieldChange[],
  { kept }: Outcome,
): readonly string[] {
  return changes.flatMap((field) => {
    const stays = whyStays(rule, path, field);
    if (stays) kept.push({ path, address: field.address, ...stays });
    return stays ? [] : [field.address];
  });
}

interface Line {
  readonly reason: string;
  readonly outcome: Outcome;
}

/** A file of one word is an image tag, as in `image-tags/staging/web`. */
function carryLine(query: PromotionQuery, pair: Pair, { reason, outcome }: Line): void {
  const { path, source, present, sourceText = '', text = '' } = pair;
  const pattern = query.keep.find(({ fields, matchesFile }) => fields === undefined && matchesFile(path));
  if (pattern) outcome.kept.push({ ...whole(path, 'a keep pattern names it'), pattern: pattern.source });
  else if (isWord(text) && isWord(sourceText) && query.carry.includes('image') && present)
    outcome.written.push({
      file: plannedFile({ path, before: present, after: { ...source, mode: present.mode } }),
      edit: { kind: 'put', path, oid: source.oid, mode: present.mode },
      fields: [],
      whole: true,
    });
  else outcome.kept.push(whole(path, reason));
}

const isWord = (text: string): boolean => /^[\w][\w.:@/+-]{0,255}\r?\n?$/.test(text);
