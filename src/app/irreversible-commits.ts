import { type IrreversibleCommit, irreversibleHazard } from '../domain/plan/irreversible.ts';
import type { Hazard, Plan } from '../domain/plan/plan.ts';
import { pathsOf } from '../domain/plan/plan-paths.ts';
import { drive } from '../git/drive.ts';
import type { ObjectReader } from '../git/object-reader.ts';
import { readCommit } from '../git/read-commit.ts';
import type { Oid } from '../tree/object.ts';
import { readPaths } from '../tree/read-paths.ts';
import { irreversibleBetween, mostFound, toldBy } from './irreversible-line.ts';

/** A hazard for each commit behind which a plan goes back although its message says that this is not enough. */
export async function irreversibleHazards(reader: ObjectReader, plan: Plan): Promise<readonly Hazard[]> {
  const { kind, target, base } = plan;
  if (target === undefined || plan.sources.length === 0) return [];
  const found =
    kind === 'undo' ? await saying(reader, target) : await irreversibleBetween(reader, base, target);
  const paths = pathsOf(plan);
  const hazards = found.slice(0, mostFound).map(async (commit) => {
    const touched = await touchedBy(reader, commit.revision, paths);
    return touched.length === 0 ? [] : [irreversibleHazard(commit, touched)];
  });
  return (await Promise.all(hazards)).flat();
}

const saying = async (reader: ObjectReader, commit: Oid): Promise<readonly IrreversibleCommit[]> =>
  toldBy(commit, (await readCommit(reader, commit)).message);

/** Those of the paths that a commit changed. */
async function touchedBy(
  reader: ObjectReader,
  revision: Oid,
  paths: readonly string[],
): Promise<readonly string[]> {
  const { tree, parents } = await readCommit(reader, revision);
  const [parent] = parents;
  const now = await drive(reader, readPaths(tree, paths));
  if (parent === undefined) return paths.filter((path) => now.has(path));
  const before = await drive(reader, readPaths((await readCommit(reader, parent)).tree, paths));
  return paths.filter((path) => {
    const [was, is] = [before.get(path), now.get(path)];
    return was?.oid !== is?.oid || was?.mode !== is?.mode;
  });
}
