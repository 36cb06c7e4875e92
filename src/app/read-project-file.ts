import { makeLayout } from '../domain/layout/layout.ts';
import { PROJECT_FILE, type Project, readProject } from '../domain/layout/project-file.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { readTexts } from '../domain/plan/read-texts.ts';
import { drive } from '../git/drive.ts';
import type { ObjectReader } from '../git/object-reader.ts';
import type { Oid } from '../tree/object.ts';
import { readPaths } from '../tree/read-paths.ts';

/**
 * What is said about a repository's layout: templates given by hand, else `knowngood.yaml` of that tree, else
 * nothing. Throws project_invalid or layout_invalid.
 */
export async function readProjectFile(
  reader: ObjectReader,
  tree: Oid,
  templates: readonly string[],
): Promise<Project | undefined> {
  if (templates.length > 0) {
    const layout = makeLayout(templates.map((path) => ({ path })));
    return { layout, keep: [], generator: false, argocd: undefined };
  }
  const entry = (await drive(reader, readPaths(tree, [PROJECT_FILE]))).get(PROJECT_FILE);
  if (!entry) return undefined;
  const text = (await drive(reader, readTexts([entry.oid]))).get(entry.oid);
  if (text === undefined || entry.mode === '120000') {
    throw new Refusal('project_invalid', { reason: 'is not a text file' });
  }
  return readProject(text);
}
