import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { HubProject, ProjectSettings } from '../app/projects/hub-project.ts';
import { commitsMissing, inspectRepository } from '../git/inspect-repository.ts';
import type { ReadOnlyStore } from '../store/read-only-store.ts';
import type { DataFiles } from './data-files.ts';
import { type Finding, failure, fine, warning, wordsOf } from './finding.ts';

/** Every project's repository, and those that belong to none. */
export async function examineRepositories(
  store: ReadOnlyStore,
  files: DataFiles,
): Promise<readonly Finding[]> {
  const projects = await store.tables.projects.list<ProjectSettings>();
  const findings: Finding[] = [];
  for (const project of projects) findings.push(await examineOne(store, files, project));
  const known = new Set(projects.map(({ id }) => `${id}.git`));
  const names = await readdir(files.repositories).catch(() => []);
  for (const name of names.filter((name) => name.endsWith('.git') && !known.has(name)))
    findings.push(
      warning(
        'repositories',
        `${name} belongs to no project`,
        'is this the right database? Otherwise move it away when the server is stopped',
      ),
    );
  return findings;
}

async function examineOne(store: ReadOnlyStore, files: DataFiles, project: HubProject): Promise<Finding> {
  const { id, slug, kind, settings } = project;
  const check = `project ${slug}`;
  const path = files.repository(id);
  const mend =
    kind === 'hosted'
      ? `restore ${path} from a backup`
      : `stop the server and remove ${path}: it is fetched again`;
  if (!existsSync(path))
    return kind === 'hosted'
      ? failure(check, `${path} is missing`, mend)
      : fine(check, 'its copy is fetched when it is needed');
  try {
    const { tip, problems } = await inspectRepository(path, settings.branch);
    if (problems.length > 0) return failure(check, problems.join('; '), mend);
    // At an upstream, history can be rewritten; in a repository of ours it cannot.
    const completed = kind === 'hosted' ? await store.tables.requests.completedCommits(id) : [];
    const missing = await commitsMissing(path, { branch: settings.branch, commits: completed });
    if (missing.length > 0)
      return failure(
        check,
        `${missing.length} completed commits are not on ${settings.branch}: ${missing[0]}`,
        mend,
      );
    return fine(check, tip === undefined ? 'no commit yet' : `${settings.branch} at ${tip.slice(0, 12)}`);
  } catch (error) {
    return failure(check, wordsOf(error), mend);
  }
}
