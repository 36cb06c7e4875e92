import { defaultTemplates, makeLayout } from '../../domain/layout/layout.ts';
import { PROJECT_FILE, type Project } from '../../domain/layout/project-file.ts';
import { drive } from '../../git/drive.ts';
import type { ObjectReader } from '../../git/object-reader.ts';
import type { Oid } from '../../tree/object.ts';
import { readPaths } from '../../tree/read-paths.ts';
import { readProjectFile } from '../read-project-file.ts';

/** What the head of a project says about where things are. */
export interface ProjectLayout extends Project {
  /** Changes whenever the layout may have changed. */
  readonly key: string;
}

const standard = makeLayout(defaultTemplates);

/** The layout of `knowngood.yaml`, or the standard one without it. Throws project_invalid or layout_invalid. */
export async function readLayout(reader: ObjectReader, tree: Oid): Promise<ProjectLayout> {
  const project = await readProjectFile(reader, tree, []);
  if (!project) return { layout: standard, keep: [], generator: false, argocd: undefined, key: 'standard' };
  const entry = (await drive(reader, readPaths(tree, [PROJECT_FILE]))).get(PROJECT_FILE);
  return { ...project, key: entry?.oid ?? '' };
}
