import type { Snapshot } from '../../domain/plan/plan-parts.ts';
import { branchRef } from '../../git/branch.ts';
import { createRepository, putRepositoryAside, removeRepository } from '../../git/create-repository.ts';
import { GitError } from '../../git/git-error.ts';
import { commitsMissing } from '../../git/inspect-repository.ts';
import { isAncestor } from '../../git/is-ancestor.ts';
import type { ObjectReader } from '../../git/object-reader.ts';
import { readCommit } from '../../git/read-commit.ts';
import { readTip } from '../../git/read-tip.ts';
import type { Repository } from '../../git/repository.ts';
import type { Placement } from '../../git/write-objects.ts';
import { invariant } from '../../std/invariant.ts';
import type { Oid } from '../../tree/object.ts';
import type { HubSettings } from '../hub.ts';
import type { Seal } from '../seal.ts';
import {
  type ConnectedBranch,
  fetchConnected,
  publishConnected,
  upstreamContains,
} from './connected-branch.ts';
import type { HubProject } from './hub-project.ts';
import { publishHosted } from './publish-hosted.ts';
import type { UpstreamAccess } from './reach-upstream.ts';
import { type OpenedRepository, repositorySlots } from './repository-slots.ts';

/** A move of the project's branch from the commit it was planned on to the planned one. */
export interface Publication {
  /** Absent for the first commit of a hosted project. */
  readonly from: Oid | undefined;
  readonly commit: Oid;
  /** The branch moves once this is durable; when that fails, it does not. */
  readonly when?: Placement;
}

/** The repository of a project, open for a piece of work. */
export interface ProjectRepository {
  readonly project: HubProject;
  readonly repository: Repository;
  readonly reader: ObjectReader;
  /** The branch that the cluster reads, such as `refs/heads/main`. */
  readonly branchRef: string;
  /** The commit the branch points to here; undefined while it has none. */
  readonly tip: () => Promise<Oid | undefined>;
  /** The same with its tree. Throws `branch_unborn`. */
  readonly head: () => Promise<Snapshot>;
  /**
   * Makes the commit the head of the branch, durably, if it is at `from`. Throws `ref_moved`, or `push_rejected` where
   * an upstream said no.
   */
  readonly publish: (publication: Publication) => Promise<void>;
  /** Whether the branch that the cluster reads has the commit; an upstream is asked anew. */
  readonly contains: (commit: Oid) => Promise<boolean>;
  /** Brings the local copy of a connected project to where its upstream is; the tip, wherever it is kept. */
  readonly fetch: () => Promise<Oid | undefined>;
  /** Runs alone among the writers of this repository, in the order of asking. Not inside itself. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
}

/** The repositories of all projects, opened when needed. They lie in `<dataDir>/repositories/<projectId>.git`. */
export interface RepositoryPool {
  readonly use: <T>(project: HubProject, work: (at: ProjectRepository) => Promise<T>) => Promise<T>;
  readonly create: (project: Pick<HubProject, 'id' | 'settings'>) => Promise<void>;
  /** Closes a repository that nobody uses any more, and removes it. */
  readonly discard: (projectId: string) => Promise<void>;
  /** The same, but it stays on the disk under another name, for an operator to remove. */
  readonly putAside: (projectId: string) => Promise<void>;
  readonly pathOf: (projectId: string) => string;
  readonly close: () => Promise<void>;
}

interface PoolOptions {
  readonly settings: Pick<HubSettings, 'dataDir' | 'gitHosts'>;
  readonly seal: Seal;
}

export function openRepositoryPool({ settings, seal }: PoolOptions): RepositoryPool {
  const access: UpstreamAccess = { seal, gitHosts: settings.gitHosts };
  const pathOf = (projectId: string): string => `${settings.dataDir}/repositories/${projectId}.git`;
  const slots = repositorySlots(pathOf);
  return {
    use: (project, work) =>
      slots.use(project, async (opened) => work(await projectRepository(access, project, opened))),
    create: ({ id, settings: { branch } }) => createRepository(pathOf(id), branch),
    discard: async (projectId) => {
      await slots.forget(projectId);
      await removeRepository(pathOf(projectId));
    },
    putAside: async (projectId) => {
      await slots.forget(projectId);
      await putRepositoryAside(pathOf(projectId));
    },
    pathOf,
    close: slots.close,
  };
}

async function projectRepository(
  access: UpstreamAccess,
  project: HubProject,
  opened: OpenedRepository,
): Promise<ProjectRepository> {
  const { repository, reader, mover, writers, exchanges } = opened;
  const ref = branchRef(project.settings.branch);
  const tip = (): Promise<Oid | undefined> => readTip(repository, ref);
  const branch = { access, project, repository, reader, mover, ref, exchanges };
  const connected = project.kind === 'connected';
  if (connected && (await tip()) === undefined) await fetchConnected(branch);
  return {
    project,
    repository,
    reader,
    branchRef: ref,
    tip,
    head: async () => {
      const revision = await tip();
      if (revision === undefined)
        throw new GitError('branch_unborn', { branch: project.settings.branch, path: project.slug });
      return { revision, tree: (await readCommit(reader, revision)).tree };
    },
    publish: async ({ from, commit, when }) => {
      if (!connected) return publishHosted(mover, { ref, from, to: commit, ...(when && { when }) });
      invariant(from !== undefined, 'an upstream has commits before one is planned');
      await when?.durable;
      return publishConnected(branch, { from, commit });
    },
    contains: async (commit) => {
      if (connected) return upstreamContains(branch, commit);
      const head = await tip();
      return head !== undefined && hostedContains(branch, commit, head);
    },
    fetch: () => (connected ? fetchConnected(branch) : tip()),
    exclusive: async (work) => {
      const end = await writers.take();
      try {
        return await work();
      } finally {
        end();
      }
    },
  };
}

async function hostedContains(
  { repository, reader, project }: Pick<ConnectedBranch, 'repository' | 'reader' | 'project'>,
  commit: Oid,
  head: Oid,
): Promise<boolean> {
  if ((await reader.describe(commit)) !== undefined) return isAncestor(repository, commit, head);
  // A restored repository lacks what was planned and never published; a damaged one still names its commits.
  const { branch } = project.settings;
  const missing = await commitsMissing(repository.path, { branch, commits: [commit] });
  return missing.length === 0;
}
