import {
  type IrreversibleCommit,
  irreversibleHazard,
  irreversibleReason,
} from '../domain/plan/irreversible.ts';
import type { Hazard, Plan } from '../domain/plan/plan.ts';
import { pathsOf } from '../domain/plan/plan-paths.ts';
import { drive } from '../git/drive.ts';
import { findMessages } from '../git/find-messages.ts';
import type { ObjectReader } from '../git/object-reader.ts';
import { readCommit } from '../git/read-commit.ts';
import type { Oid } from '../tree/object.ts';
import { readPaths } from '../tree/read-paths.ts';

/** Commits that are looked at one by one, which costs next to nothing; git searches what lies before them. */
const mostWalked = 200;
const mostFound = 50;
const LINE = 'Irreversible:';

/** A hazard for each commit behind which a plan goes back although its message says that this is not enough. */
export async function irreversibleHazards(reader: ObjectReader, plan: Plan): Promise<readonly Hazard[]> {
  const { kind, target, base } = plan;
  if (target === undefined || plan.sources.length === 0) return [];
  const found = kind === 'undo' ? await saying(reader, target) : await between(reader, base, target);
  const paths = pathsOf(plan);
  const hazards = found.slice(0, mostFound).map(async (commit) => {
    const touched = await touchedBy(reader, commit.revision, paths);
    return touched.length === 0 ? [] : [irreversibleHazard(commit, touched)];
  });
  return (await Promise.all(hazards)).flat();
}

async function between(reader: ObjectReader, base: Oid, target: Oid): Promise<readonly IrreversibleCommit[]> {
  const found: IrreversibleCommit[] = [];
  let at = base;
  for (let walked = 0; at !== target; walked += 1) {
    const { message, parents } = await readCommit(reader, at);
    const [parent, ...merged] = parents;
    if (walked === mostWalked || !parent) return [...found, ...(await search(reader, at, target))];
    if (merged.length > 0) found.push(...(await search(reader, at, parent)));
    else found.push(...told(at, message));
    at = parent;
  }
  return found;
}

const told = (revision: Oid, message: string): readonly IrreversibleCommit[] => {
  const reason = irreversibleReason(message);
  return reason === undefined ? [] : [{ revision, reason }];
};

const saying = async (reader: ObjectReader, commit: Oid): Promise<readonly IrreversibleCommit[]> =>
  told(commit, (await readCommit(reader, commit)).message);

/** What a merge brought, or what is too long to walk. */
async function search(
  { repository }: ObjectReader,
  from: Oid,
  before: Oid,
): Promise<readonly IrreversibleCommit[]> {
  const found = await findMessages(repository, { from, before, line: LINE, limit: mostFound });
  return found.flatMap(({ oid, message }) => told(oid, message));
}

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
