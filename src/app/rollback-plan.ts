import { type PinAnswer, pinVariables } from '../delivery/pin-variables.ts';
import { pinShared } from '../delivery/pin-shared.ts';
import { placeholderKeys } from '../delivery/placeholder.ts';
import { type Generator, generatorOf } from '../delivery/regenerate.ts';
import { noPins } from '../delivery/shared-sides.ts';
import { selectScope } from '../domain/layout/layout-selector.ts';
import type { Project } from '../domain/layout/project-file.ts';
import { type PinnedFile, addPins } from '../domain/plan/add-pins.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { planRollback } from '../domain/plan/plan-rollback.ts';
import { readTexts } from '../domain/plan/read-texts.ts';
import type { RollbackQuery } from '../domain/plan/rollback-query.ts';
import type { SharedChoice } from '../domain/plan/shared-choice.ts';
import { applyEdits } from '../git/apply-edits.ts';
import { drive } from '../git/drive.ts';
import { type ObjectReader, readerAhead } from '../git/object-reader.ts';
import type { Oid } from '../tree/object.ts';
import { readPaths } from '../tree/read-paths.ts';
import { restore } from '../tree/restore.ts';

/** A rollback on a state of a branch, and what becomes of shared values. */
export interface RollbackQuestion extends Omit<RollbackQuery, 'includeShared' | 'regenerates'> {
  readonly shared: SharedChoice;
  /** What knowngood.yaml says at the base; without it nothing is generated. */
  readonly project: Project | undefined;
}

/** Plans a rollback with the pins that it writes. Nothing is written. */
export async function rollbackPlan(reader: ObjectReader, question: RollbackQuestion): Promise<Plan> {
  const { shared, project, ...query } = question;
  const generator = project && generatorOf(project);
  const includeShared = shared === 'include';
  const plan = await drive(
    reader,
    planRollback({ ...query, includeShared, regenerates: generator !== undefined }),
  );
  if (shared !== 'pin' || plan.refused.length > 0) return plan;
  const after = await applyEdits(reader, query.base.tree, plan.edits);
  const ahead = readerAhead(reader, after.objects);
  const trees = { before: query.base.tree, past: query.target.tree, after: after.tree };
  const answer = await pinsFor(ahead, { plan, question, generator, trees });
  if (answer.pins.length + answer.unpinned.length === 0) return plan;
  return addPins(plan, { ...answer, files: await pinnedFiles(ahead, trees, answer) });
}

interface Pinning {
  readonly plan: Plan;
  readonly question: RollbackQuestion;
  readonly generator: Generator | undefined;
  readonly trees: Trees;
}

/**
 * Variables that services ask for, and the images and replicas that shared bases and values give them. Single fields pin
 * variables alone.
 */
async function pinsFor(
  reader: ObjectReader,
  { plan, question: { layout, scope }, generator, trees }: Pinning,
): Promise<PinAnswer> {
  const { tenant, environment, service } = scope;
  const where = { tenant, environment, service, after: trees.after };
  const variables = generator
    ? await drive(reader, pinVariables(generator, { ...where, target: trees.past, names: namesIn(plan) }))
    : noPins;
  // Nobody chose the images: they would be deployed with a field that has nothing to do with them.
  if (plan.mode === 'field') return variables;
  const own = await drive(reader, restore(trees.past, trees.after, selectScope(layout, scope)));
  const past = await applyEdits(reader, trees.past, own.edits);
  const shared = await drive(
    readerAhead(reader, past.objects),
    pinShared({ ...where, layout, generator, past: past.tree }),
  );
  return {
    pins: [...variables.pins, ...shared.pins],
    unpinned: [...variables.unpinned, ...shared.unpinned],
  };
}

/** Single fields pin the variables that they name; other scopes pin all that they ask for. */
function namesIn({ mode, services }: Plan): ReadonlySet<string> | undefined {
  if (mode !== 'field') return undefined;
  const values = services.flatMap(({ fields }) => fields.map(({ after }) => JSON.stringify(after ?? null)));
  return new Set(values.flatMap(placeholderKeys));
}

interface Trees {
  readonly before: Oid;
  readonly past: Oid;
  readonly after: Oid;
}

async function pinnedFiles(
  reader: ObjectReader,
  { before, past, after }: Trees,
  { pins }: PinAnswer,
): Promise<readonly PinnedFile[]> {
  const paths = [...new Set(pins.map(({ file }) => file))];
  const read = (tree: Oid) => drive(reader, readPaths(tree, paths));
  const [now, then, next] = [await read(before), await read(past), await read(after)];
  const oids = [...now.values(), ...next.values()].map(({ oid }) => oid);
  const texts = await drive(reader, readTexts(oids));
  return paths.map((path) => ({
    path,
    before: now.get(path),
    past: then.get(path),
    now: texts.get(now.get(path)?.oid ?? ''),
    after: texts.get(next.get(path)?.oid ?? ''),
  }));
}
