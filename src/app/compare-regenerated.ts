import { compareGenerated } from '../delivery/compare-generated.ts';
import { generatorOf } from '../delivery/regenerate.ts';
import type { Plan } from '../domain/plan/plan.ts';
import type { Regeneration } from '../domain/plan/regeneration.ts';
import { drive } from '../git/drive.ts';
import { type ObjectReader, readerAhead } from '../git/object-reader.ts';
import { readCommit } from '../git/read-commit.ts';
import type { PlannedChange } from './plan-preview.ts';
import { readProjectFile } from './read-project-file.ts';

/** The generator of a project as a change leaves it, and a reader that sees the change; nothing where none is used. */
export async function generatorAfter(reader: ObjectReader, { tree, objects }: PlannedChange['result']) {
  const ahead = readerAhead(reader, objects);
  const project = await readProjectFile(ahead, tree, []);
  const generator = project && generatorOf(project);
  return generator && { generator, reader: ahead };
}

/**
 * Whether what a rollback generates is what was generated at its target; nothing for other changes, and where nothing
 * is generated.
 */
export async function compareRegenerated(
  reader: ObjectReader,
  { plan, result }: PlannedChange,
): Promise<Regeneration | undefined> {
  const { kind, tenant, environment, service, target } = plan;
  if (kind !== 'rollback' || target === undefined) return undefined;
  if (tenant === undefined || environment === undefined) return undefined;
  const after = await generatorAfter(reader, result);
  if (!after) return undefined;
  const trees = { after: result.tree, target: (await readCommit(reader, target)).tree };
  const pair = { ...trees, pinned: pinnedFiles(plan) };
  return drive(after.reader, compareGenerated(after.generator, { tenant, environment, service, ...pair }));
}

/** What a keep pattern, or a choice of fields, leaves in a file differs from the target, too, and stays a reason. */
function pinnedFiles({ mode, pins = [], kept }: Plan): ReadonlySet<string> {
  if (mode === 'field') return new Set();
  const holding = new Set(kept.map(({ path }) => path));
  return new Set(pins.map(({ file }) => file).filter((file) => !holding.has(file)));
}
