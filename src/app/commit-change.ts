import { commitMessage } from '../domain/plan/commit-message.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { shortTarget } from '../domain/plan/plan-parts.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { type Identity, readIdentity } from '../git/read-identity.ts';
import { openRefMover } from '../git/move-ref.ts';
import { GitError } from '../git/git-error.ts';
import { isWorktree, updateWorktree } from '../git/update-worktree.ts';
import { type PlacedCommit, placeCommit } from '../git/write-commit.ts';
import { pause } from '../git/take-turn.ts';
import { failPoint } from '../std/fail-point.ts';
import type { OpenedBranch } from './open-branch.ts';
import { planAgain } from './plan-again.ts';
import type { PlannedChange } from './plan-preview.ts';
import { refusing } from './refuse-git.ts';

/** What a person adds to a preview when saying yes. */
export interface CommitInput {
  readonly justification: string;
  /** Undo: the first line of the undone commit. */
  readonly subject?: string | undefined;
  /** A deleted service was confirmed by name. */
  readonly allowDelete: boolean;
  readonly signingKey?: string | undefined;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
  /** Opens the branch again after somebody else moved it. */
  readonly reopen: () => Promise<OpenedBranch>;
  readonly replan: (opened: OpenedBranch) => Promise<PlannedChange>;
}

/** What came of it: the commit, or nothing to change. `on` is the branch as it was when the commit was made on it. */
export interface CommitOutcome {
  readonly commit: string | undefined;
  readonly on: OpenedBranch;
}

/** Twenty writers at once each win once within so many; somebody has to move the branch for an attempt to fail. */
const ATTEMPTS = 40;
const LONGEST_PAUSE = 200;

/**
 * Commits a previewed change to its branch, durably, index and files included where the branch is checked out. When
 * the branch moved meanwhile the change is planned again and committed if it is still the same change; otherwise
 * head_moved names the paths. Throws before anything is written when the plan is refused or a hazard is not allowed.
 */
export const commitChange = refusing(
  async (opened: OpenedBranch, change: PlannedChange, input: CommitInput): Promise<CommitOutcome> => {
    refuseUnready(change.plan, input);
    const identity = await readIdentity(opened.repository, input.now);
    let [at, planned] = [opened, change];
    for (let attempt = 1; planned.plan.edits.length > 0; attempt += 1) {
      const commit = await writePlanned(at, planned, { input, identity });
      await commit.placed;
      await failPoint('app.commit.written');
      try {
        await moveBranch(at, commit);
        return { commit: commit.oid, on: at };
      } catch (error) {
        if (!(error instanceof GitError) || error.code !== 'ref_moved') throw error;
        if (attempt >= ATTEMPTS)
          throw new Refusal('branch_busy', { branch: at.branch.name, attempts: attempt });
      }
      await pause(Math.random() * Math.min(10 * attempt, LONGEST_PAUSE));
      at = await input.reopen();
      planned = await planAgain({ opened, change }, at, input.replan);
    }
    return { commit: undefined, on: at };
  },
);

/** Throws fields_refused or deletes_service where a plan cannot be committed as it stands. */
export function refuseUnready(
  { kind, refused, hazards, target, service }: Plan,
  { allowDelete }: Pick<CommitInput, 'allowDelete'>,
): void {
  if (refused.length > 0) {
    const list = refused.map(({ address, reason }) => `${address} (${reason})`).join('; ');
    throw new Refusal(
      kind === 'rollback' || kind === 'undo' ? 'fields_refused' : 'release_fields_refused',
      { list },
      { refused },
    );
  }
  if (!allowDelete && hazards.some(({ blocking }) => blocking)) {
    throw new Refusal(
      'deletes_service',
      { service: service ?? '', target: shortTarget({ target }) },
      { hazards },
    );
  }
}

interface Writing {
  readonly input: CommitInput;
  readonly identity: Identity;
}

function writePlanned(
  opened: OpenedBranch,
  change: PlannedChange,
  { input, identity }: Writing,
): Promise<PlacedCommit> {
  const message = commitMessage(change.plan, {
    justification: input.justification,
    author: identity.author.email,
    approval: { kind: 'local' },
    requestId: undefined,
    digest: change.digest,
    ...(input.subject === undefined ? {} : { subject: input.subject }),
  });
  const { tree, objects } = change.result;
  const content = { tree, parents: [opened.base.revision], ...identity, message };
  return placeCommit(
    opened.repository,
    content,
    objects,
    input.signingKey === undefined ? {} : { signingKey: input.signingKey },
  );
}

async function moveBranch({ repository, branch }: OpenedBranch, commit: PlacedCommit): Promise<void> {
  const mover = openRefMover(repository, 'knowngood: roll back');
  const move = () => mover.move({ ref: branch.ref, from: branch.tip, to: commit.oid, when: commit });
  try {
    if (branch.checkedOut.kind !== 'here' || !isWorktree(repository)) await move();
    else await updateWorktree(repository, { ref: branch.ref, before: branch.tip, after: commit.oid }, move);
  } finally {
    await mover.close();
  }
}
