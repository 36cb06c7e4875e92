import type { Plan, SourceEdit } from '../domain/plan/plan.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { drive } from '../git/drive.ts';
import { readPaths } from '../tree/read-paths.ts';
import type { OpenedBranch } from './open-branch.ts';
import type { PlannedChange } from './plan-preview.ts';

/** A change as a person saw it, on the branch as it was then. */
export interface ShownChange {
  readonly opened: OpenedBranch;
  readonly change: PlannedChange;
}

/**
 * Plans a change again after its branch moved. It must still be the change that was shown: otherwise, and when it has
 * become impossible, throws head_moved with the paths that moved.
 */
export async function planAgain(
  shown: ShownChange,
  at: OpenedBranch,
  replan: (opened: OpenedBranch) => Promise<PlannedChange>,
): Promise<PlannedChange> {
  const now = await replan(at).catch(async (error: unknown) => {
    const files = error instanceof Refusal ? await movedFiles(shown, at) : [];
    throw files.length === 0 ? error : headMoved(at, files);
  });
  if (shown.change.digest === now.digest) return now;
  throw headMoved(at, otherFiles(shown.change.plan, now.plan));
}

const headMoved = ({ branch }: OpenedBranch, files: readonly string[]): Refusal =>
  new Refusal('head_moved', { branch: branch.name, files: files.join(', ') }, { files });

/** The file of each source edit: an address alone does not tell where the path in it ends. */
function filesOf({ sources, services }: Plan): ReadonlyMap<SourceEdit, string> {
  const fields = services.flatMap((service) => service.fields);
  const files = new Map(fields.map(({ address, file }) => [address, file]));
  return new Map(
    sources.map((edit) => [edit, edit.kind === 'file' ? edit.path : (files.get(edit.address) ?? '')]),
  );
}

/** Files of the shown change that are not as they were. */
async function movedFiles({ opened, change }: ShownChange, at: OpenedBranch): Promise<readonly string[]> {
  const paths = [...new Set(filesOf(change.plan).values())];
  const before = await drive(at.reader, readPaths(opened.base.tree, paths));
  const now = await drive(at.reader, readPaths(at.base.tree, paths));
  return paths.filter((path) => before.get(path)?.oid !== now.get(path)?.oid);
}

/** Files about which two plans do not say the same. */
function otherFiles(shown: Plan, now: Plan): readonly string[] {
  const texts = ({ sources }: Plan): ReadonlySet<string> =>
    new Set(sources.map((edit) => JSON.stringify(edit)));
  const [before, after] = [texts(shown), texts(now)];
  const moved = [...filesOf(shown), ...filesOf(now)].filter(([edit]) => {
    const text = JSON.stringify(edit);
    return !before.has(text) || !after.has(text);
  });
  return [...new Set(moved.map(([, file]) => file))];
}
