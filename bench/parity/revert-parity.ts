import { bindPlan } from '../../src/app/plan-preview.ts';
import type { Layout } from '../../src/domain/layout/layout.ts';
import { listScopes } from '../../src/domain/layout/list-scopes.ts';
import { ownerOf } from '../../src/domain/layout/layout.ts';
import type { Plan } from '../../src/domain/plan/plan.ts';
import { planRollback } from '../../src/domain/plan/plan-rollback.ts';
import { planUndo } from '../../src/domain/plan/plan-undo.ts';
import type { Snapshot } from '../../src/domain/plan/plan-parts.ts';
import { Refusal } from '../../src/domain/refusal/refusal.ts';
import { drive } from '../../src/git/drive.ts';
import type { ObjectReader } from '../../src/git/object-reader.ts';
import { writeObjects } from '../../src/git/write-objects.ts';
import type { Scratch } from './stock-git.ts';

/** A commit titled `Revert "…"` with the commit it reverts, found by its subject. */
export interface Revert {
  readonly revert: string;
  readonly reverted: string;
  readonly subject: string;
}

export interface RevertVerdict {
  readonly revert: Revert;
  /** The one command that gives the revert's tree, or why none does. */
  readonly command: string | undefined;
  readonly reason: string | undefined;
}

/** All reverts of a branch; those whose reverted commit cannot be found by its subject are only counted. */
export function findReverts(
  scratch: Scratch,
  branch: string,
): { readonly found: Revert[]; readonly unknown: string[] } {
  const log = scratch
    .git('log', '--format=%H%x09%s', branch)
    .split('\n')
    .map((line) => line.split('\t') as [string, string]);
  const found: Revert[] = [];
  const unknown: string[] = [];
  for (const [index, [revert, subject]] of log.entries()) {
    const wanted =
      /^Revert "(.*)"(?: \(#\d+\))?$/.exec(subject)?.[1] ?? /^Revert "(.*?)…?$/.exec(subject)?.[1];
    if (wanted === undefined) continue;
    const plain = wanted.replace(/…$/, '');
    const older = log.slice(index + 1);
    const hit = older.find(([, text]) => text === wanted) ?? older.find(([, text]) => text.startsWith(plain));
    if (hit) found.push({ revert, reverted: hit[0], subject });
    else unknown.push(subject);
  }
  return { found, unknown };
}

/** The reason of a revert that changes no file of the repository. */
export const NOTHING = 'the revert changed nothing';

export interface RevertBench {
  readonly reader: ObjectReader;
  readonly scratch: Scratch;
  readonly layout: Layout;
}

/** Replays one revert with the repository cut at the revert's parent. */
export async function judgeRevert(bench: RevertBench, revert: Revert): Promise<RevertVerdict> {
  const { reader, scratch, layout } = bench;
  const snapshot = (revision: string): Snapshot => ({
    revision: scratch.git('rev-parse', revision),
    tree: scratch.git('rev-parse', `${revision}^{tree}`),
  });
  const base = snapshot(`${revert.revert}^`);
  const touched = scratch
    .git(
      'diff-tree',
      '-r',
      '--no-commit-id',
      '--no-renames',
      '--name-only',
      `${revert.revert}^`,
      revert.revert,
    )
    .split('\n')
    .filter((path) => path !== '');
  if (touched.length === 0) return { revert, command: undefined, reason: NOTHING };
  const gives = async (plan: Plan) => {
    const { result } = await bindPlan(reader, plan, { tree: base.tree, project: undefined });
    await writeObjects(reader.repository, result.objects);
    return (
      scratch.git(
        'diff-tree',
        '-r',
        '--name-only',
        result.tree,
        `${revert.revert}^{tree}`,
        '--',
        ...touched,
      ) === ''
    );
  };
  const reasons: string[] = [];
  const attempt = async (command: string, make: () => Promise<Plan>): Promise<string | undefined> => {
    try {
      const plan = await make();
      if (await gives(plan)) return command;
      reasons.push(plan.conflicts.length > 0 ? `${plan.conflicts.length} conflict(s)` : 'another tree');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reasons.push(error.code);
    }
    return undefined;
  };
  const commit = snapshot(revert.reverted);
  const parentTree = scratch.git('rev-parse', `${revert.reverted}^1^{tree}`);
  const undo = await attempt(`undo ${revert.reverted.slice(0, 8)}`, () =>
    drive(reader, planUndo({ commit, parentTree, base, layout, where: {}, fields: undefined })),
  );
  if (undo) return { revert, command: undo, reason: undefined };
  const target = snapshot(`${revert.reverted}^1`);
  const services = new Set(
    touched.map((path) => ownerOf(layout, path)?.service).filter((name) => name !== undefined),
  );
  for (const service of services) {
    for (const { tenant, environment } of await drive(reader, listScopes(layout, base.tree, { service }))) {
      const flags = `-t ${tenant} -e ${environment} -s ${service} --to ${target.revision.slice(0, 8)} --include-shared`;
      const scope = { mode: 'service', tenant, environment, service } as const;
      const found = await attempt(`rollback ${flags}`, () =>
        drive(reader, planRollback({ scope, base, target, layout, keep: [], includeShared: true })),
      );
      if (found) return { revert, command: found, reason: undefined };
    }
  }
  return { revert, command: undefined, reason: reasons[0] };
}
