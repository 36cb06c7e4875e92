import type { Project } from '../domain/layout/project-file.ts';
import { PROJECT_FILE } from '../domain/layout/project-file.ts';
import { generateChange } from '../delivery/generate-change.ts';
import { generatorOf } from '../delivery/regenerate.ts';
import { type AppliedEdits, applyEdits } from '../git/apply-edits.ts';
import { drive } from '../git/drive.ts';
import { type ObjectReader, readerAhead } from '../git/object-reader.ts';
import type { Edit } from '../tree/edit.ts';
import type { Oid } from '../tree/object.ts';
import { readProjectFile } from './read-project-file.ts';

/** Edits of sources, on a tree of a project; without a project nothing is generated. */
export interface SourceEdits {
  readonly tree: Oid;
  readonly edits: readonly Edit[];
  readonly project: Project | undefined;
}

/**
 * Applies edits of sources and, where the project has a generator, those that bring its generated files along: one
 * tree, so that no commit has one without the other. Throws delivery_invalid, and then nothing is to be written.
 */
export async function applySources(
  reader: ObjectReader,
  { tree, edits, project }: SourceEdits,
): Promise<AppliedEdits> {
  const sources = await applyEdits(reader, tree, edits);
  if (!project || sources.tree === tree) return sources;
  const ahead = readerAhead(reader, sources.objects);
  const touched = edits.some(({ path }) => path === PROJECT_FILE);
  const now = touched ? await readProjectFile(ahead, sources.tree, []) : project;
  const generator = now && generatorOf(now);
  if (!generator) return sources;
  const generated = await drive(ahead, generateChange(generator, { before: tree, after: sources.tree }));
  return generated.length === 0 ? sources : applyEdits(reader, tree, [...edits, ...generated]);
}
