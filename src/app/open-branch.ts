import type { KeepPattern } from '../domain/plan/keep.ts';
import type { Layout } from '../domain/layout/layout.ts';
import type { Project } from '../domain/layout/project-file.ts';
import type { Snapshot } from '../domain/plan/plan-parts.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { type Branch, type Upstream, findBranch, refuseElsewhere } from '../git/branch.ts';
import { finishJournal } from '../git/finish-journal.ts';
import { type ObjectReader, openObjectReader } from '../git/object-reader.ts';
import { readCommit } from '../git/read-commit.ts';
import { type Repository, openRepository } from '../git/repository.ts';
import { type UpstreamState, fetchUpstream, readUpstream } from '../git/fetch-upstream.ts';
import { readProjectFile } from './read-project-file.ts';
import { refusing } from './refuse-git.ts';

export interface OpenOptions {
  /** A clone, a linked worktree or a bare repository. */
  readonly path: string;
  /** The branch HEAD is on when absent. */
  readonly branch?: string | undefined;
  /** Layout templates that stand in for those of knowngood.yaml. */
  readonly templates: readonly string[];
  /** Uses what was fetched last instead of asking the remote. */
  readonly offline: boolean;
  /** Somebody is there whom Git may ask for a password. */
  readonly interactive?: boolean;
  /** Called with what Git says while it fetches, and with nothing once the remote is done with. */
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** The upstream of an opened branch, and whether it was asked just now or is what was fetched last. */
export interface OpenedUpstream extends UpstreamState {
  /** `origin/main` */
  readonly name: string;
  readonly offline: boolean;
}

/**
 * A branch as a rollback sees it. `base` is the commit that a plan stands on: the upstream's tip where the branch
 * follows one, or the branch's own tip where that has everything of the upstream and more.
 */
export interface OpenedBranch extends AsyncDisposable {
  readonly repository: Repository;
  readonly reader: ObjectReader;
  readonly branch: Branch;
  readonly base: Snapshot;
  /** What knowngood.yaml says, unless templates stand in for it. */
  readonly project: Project | undefined;
  readonly layout: Layout | undefined;
  readonly keep: readonly KeepPattern[];
  readonly upstream: OpenedUpstream | undefined;
  /** What an earlier, interrupted run had left and this one has finished; one line each. */
  readonly notes: readonly string[];
}

/** Opens a repository at a branch, fetches its upstream, and finishes what an interrupted run left behind. */
export const openBranch = refusing(async (options: OpenOptions): Promise<OpenedBranch> => {
  const repository = await openRepository(options.path);
  const finished = await finishJournal(repository);
  const notes =
    finished.kind === 'finished'
      ? [`finished an interrupted run: files now follow ${shortRef(finished.ref)}`]
      : [];
  const reader = openObjectReader(repository);
  try {
    return await openAt({ repository, reader, notes }, options);
  } catch (error) {
    await reader.close();
    throw error;
  }
});

const shortRef = (ref: string): string => ref.replace(/^refs\/heads\//, '');

type Opening = Pick<OpenedBranch, 'repository' | 'reader' | 'notes'>;

async function openAt(opening: Opening, options: OpenOptions): Promise<OpenedBranch> {
  const { repository, reader } = opening;
  const branch = await findBranch(repository, options.branch);
  refuseElsewhere(branch);
  const upstream = await lookUpstream(repository, branch, options);
  options.onProgress?.('');
  const revision = chooseBase(branch, upstream);
  const { tree } = await readCommit(reader, revision);
  const project = await readProjectFile(reader, tree, options.templates);
  return {
    ...opening,
    branch,
    base: { revision, tree },
    project: options.templates.length > 0 ? undefined : project,
    layout: project?.layout,
    keep: project?.keep ?? [],
    upstream,
    [Symbol.asyncDispose]: () => reader.close(),
  };
}

async function lookUpstream(
  repository: Repository,
  branch: Branch,
  { offline, interactive = false, onProgress }: OpenOptions,
): Promise<OpenedUpstream | undefined> {
  const { upstream } = branch;
  if (!upstream) return undefined;
  const following: Branch & { readonly upstream: Upstream } = { ...branch, upstream };
  const state = offline
    ? await readUpstream(repository, following)
    : await fetchUpstream(repository, following, { interactive, ...(onProgress ? { onProgress } : {}) });
  const name = `${upstream.remote}/${upstream.ref.replace(/^refs\/heads\//, '')}`;
  return state && { ...state, name, offline };
}

function chooseBase(branch: Branch, upstream: OpenedUpstream | undefined): string {
  if (!upstream || upstream.behind === 0) return branch.tip;
  if (upstream.ahead === 0) return upstream.tip;
  if (upstream.offline) return branch.tip;
  throw new Refusal('branch_diverged', {
    branch: branch.name,
    ahead: upstream.ahead,
    upstream: upstream.name,
  });
}

/** The same branch as it is now, after somebody moved it. The layout is read again, too. */
export async function reopenBranch(opened: OpenedBranch, options: OpenOptions): Promise<OpenedBranch> {
  return openAt(opened, options);
}
