import { execFileSync } from 'node:child_process';
import { bindPlan } from '../src/app/plan-preview.ts';
import { explainPlan } from '../src/domain/plan/explain-plan.ts';
import { type Layout, defaultTemplates, makeLayout } from '../src/domain/layout/layout.ts';
import { planRollback } from '../src/domain/plan/plan-rollback.ts';
import type { Snapshot } from '../src/domain/plan/plan-parts.ts';
import type { Scope } from '../src/domain/plan/scope.ts';
import { drive } from '../src/git/drive.ts';
import { makeFanOuts } from '../src/git/fan-out.ts';
import { openRefMover } from '../src/git/move-ref.ts';
import { openObjectReader } from '../src/git/object-reader.ts';
import { readCommit } from '../src/git/read-commit.ts';
import { openRepository } from '../src/git/repository.ts';
import { placeCommit } from '../src/git/write-commit.ts';

/** A tenant-environment and where it is to go back to. */
export interface Wanted {
  readonly tenant: string;
  readonly environment: string;
  readonly revision: string;
}

/** One way to take `tenants/TENANT/ENVIRONMENT` back to a revision and commit that to the branch. */
export interface Contender extends AsyncDisposable {
  readonly rollBack: (wanted: Wanted) => Promise<void> | void;
}

const layout: Layout = makeLayout(defaultTemplates);
const person = { name: 'Bench', email: 'bench@example.com', seconds: 1_800_000_000, zone: '+0000' };

export interface Ours extends Contender {
  /** Previews one service against a revision, every changed field listed; nothing is written. */
  readonly previewService: (wanted: Wanted & { readonly service: string }) => Promise<void>;
}

/** Our planner and durable writer in one long-lived process, everything fsynced. */
export async function ours(dir: string): Promise<Ours> {
  const repository = await openRepository(dir, { owned: true });
  await makeFanOuts(repository);
  const reader = openObjectReader(repository);
  const mover = openRefMover(repository);
  const tip = execFileSync('git', ['--git-dir', dir, 'rev-parse', 'main'], { encoding: 'utf8' }).trim();
  const snapshot = async (revision: string): Promise<Snapshot> => ({
    revision,
    tree: (await readCommit(reader, revision)).tree,
  });
  let base = await snapshot(tip);
  const plan = async (scope: Scope, revision: string) =>
    drive(
      reader,
      planRollback({ scope, base, target: await snapshot(revision), layout, keep: [], includeShared: false }),
    );
  return {
    rollBack: async ({ tenant, environment, revision }) => {
      const planned = await plan({ mode: 'full', tenant, environment }, revision);
      const { plan: bound, result } = await bindPlan(reader, planned, {
        tree: base.tree,
        project: undefined,
      });
      if (bound.edits.length === 0) throw new Error('there was nothing to roll back');
      const content = {
        tree: result.tree,
        parents: [base.revision],
        author: person,
        committer: person,
        message: 'x',
      };
      const { oid, ...when } = await placeCommit(repository, content, result.objects, { reader });
      await mover.move({ ref: 'refs/heads/main', from: base.revision, to: oid, when });
      base = { revision: oid, tree: result.tree };
    },
    previewService: async ({ tenant, environment, service, revision }) => {
      const planned = await plan({ mode: 'service', tenant, environment, service }, revision);
      const { plan: bound } = await bindPlan(reader, planned, { tree: base.tree, project: undefined });
      await drive(reader, explainPlan(bound));
    },
    [Symbol.asyncDispose]: async () => {
      await mover.close();
      await reader.close();
    },
  };
}

const identity = {
  GIT_AUTHOR_NAME: 'Bench',
  GIT_AUTHOR_EMAIL: 'bench@example.com',
  GIT_COMMITTER_NAME: 'Bench',
  GIT_COMMITTER_EMAIL: 'bench@example.com',
};

const gitIn =
  (dir: string) =>
  (args: readonly string[], input = '') =>
    execFileSync('git', ['-C', dir, ...args], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      env: { ...process.env, ...identity },
    }).trim();

/** What a person types in a clone: `git restore` and `git commit`. */
export function porcelain(clone: string): Contender {
  const git = gitIn(clone);
  return {
    rollBack: ({ tenant, environment, revision }) => {
      const folder = `tenants/${tenant}/${environment}`;
      git(['restore', `--source=${revision}`, '--staged', '--worktree', '--', folder]);
      git(['commit', '-q', '-m', 'x']);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

/** What a script does in a bare repository: a tree per folder with `mktree`, then `commit-tree` and `update-ref`. */
export function plumbing(dir: string): Contender {
  const git = gitIn(dir);
  const replace = (tree: string, name: string, oid: string) => {
    const lines = git(['ls-tree', tree]).split('\n');
    const changed = lines.map((line) => (line.endsWith(`\t${name}`) ? `040000 tree ${oid}\t${name}` : line));
    return git(['mktree'], `${changed.join('\n')}\n`);
  };
  return {
    rollBack: ({ tenant, environment, revision }) => {
      const restored = git(['rev-parse', `${revision}:tenants/${tenant}/${environment}`]);
      const head = git(['rev-parse', 'refs/heads/main']);
      const inTenant = replace(`${head}:tenants/${tenant}`, environment, restored);
      const inTenants = replace(`${head}:tenants`, tenant, inTenant);
      const root = replace(`${head}:`, 'tenants', inTenants);
      const commit = git(['commit-tree', root, '-p', head, '-m', 'x']);
      git(['update-ref', 'refs/heads/main', commit, head]);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
