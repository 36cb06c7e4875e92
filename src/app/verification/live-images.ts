import { readTexts } from '../../domain/plan/read-texts.ts';
import { compareImages } from '../../domain/verification/compare-images.ts';
import { expectedImages } from '../../domain/verification/expected-images.ts';
import type { ObservedApplication } from '../../domain/verification/verification.ts';
import type { Application } from '../../domain/cluster/application.ts';
import { folderSources } from '../../domain/cluster/application-place.ts';
import { drive } from '../../git/drive.ts';
import { readCommit } from '../../git/read-commit.ts';
import { type Oid, isRegularFile } from '../../tree/object.ts';
import { listPaths } from '../../tree/read-paths.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import type { RunningWorkloads } from './running-workloads.ts';
import { selectFolder } from './select-folder.ts';

/** More files than a folder of manifests has: of a larger one nothing is said. */
const mostFiles = 500;

/** An Application with the workloads that it runs, and whose they are where they are of one service. */
interface Running {
  readonly application: Application;
  readonly running: RunningWorkloads;
  readonly service: string | undefined;
}

/**
 * The running images of an Application beside those that its folders ask for at a commit. Undefined where no running
 * image is told, or none of them is named there: a chart of a registry, say.
 */
export async function liveImages(
  at: ProjectRepository,
  commit: Oid,
  { application, running, service }: Running,
): Promise<ObservedApplication['images']> {
  const files = await textsBelow(
    at,
    commit,
    folderSources(application).map(({ path }) => path),
  );
  const { compared, others } = compareImages(running.workloads, expectedImages(files), service);
  return compared === 0 ? undefined : { compared, others, reportedAt: running.reportedAt };
}

async function textsBelow(
  { reader }: ProjectRepository,
  commit: Oid,
  folders: readonly string[],
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const { tree } = await readCommit(reader, commit);
  const found = new Map<string, Oid>();
  for (const folder of new Set(folders)) {
    const entries = await drive(reader, listPaths(tree, selectFolder(folder), mostFiles + 1));
    for (const [path, { mode, oid }] of entries)
      if (isRegularFile(mode) && /(?:\.ya?ml|\/Kustomization)$/.test(path)) found.set(path, oid);
  }
  if (found.size > mostFiles) return [];
  const texts = await drive(reader, readTexts([...found.values()]));
  return [...found].flatMap(([path, oid]) => {
    const text = texts.get(oid);
    return text === undefined ? [] : [{ path, text }];
  });
}
