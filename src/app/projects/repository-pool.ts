import type { Snapshot } from '../../domain/plan-parts.ts';
import { branchRef } from '../../git/branch.ts';
import { createRepository, refuseForeignConfig } from '../../git/create-repository.ts';
import { GitError } from '../../git/git-error.ts';
import { isAncestor } from '../../git/is-ancestor.ts';
import type { RefMover } from '../../git/move-ref.ts';
import { openRefMover } from '../../git/move-ref.ts';
import type { ObjectReader } from '../../git/object-reader.ts';
import { openObjectReader } from '../../git/object-reader.ts';
import { readCommit } from '../../git/read-commit.ts';
import { readTip } from '../../git/read-tip.ts';
import type { Repository } from '../../git/repository.ts';
import { openRepository } from '../../git/repository.ts';
import type { Turn } from '../../store/turn.ts';
import { fairTurn } from '../../store/turn.ts';
import type { Oid } from '../../tree/object.ts';
import type { HubSettings } from '../hub.ts';
import type { Seal } from '../seal.ts';
import { fetchConnected, publishConnected, upstreamContains } from './connected-branch.ts';
import type { HubProject } from './hub-project.ts';
import { publishHosted } from './publish-hosted.ts';
import type { UpstreamAccess } from './reach-upstream.ts';

/** A move of the project's branch from the commit it was planned on to the planned one. */
export interface Publication {
  readonly from: Oid;
  readonly commit: Oid;
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
  readonly pathOf: (projectId: string) => string;
  readonly close: () => Promise<void>;
}

interface Opened {
  readonly repository: Repository;
  readonly reader: ObjectReader;
  readonly mover: RefMover;
}

interface Slot {
  readonly opened: Promise<Opened>;
  readonly writers: Turn;
  readonly exchanges: Turn;
  users: number;
}

interface PoolOptions {
  readonly settings: Pick<HubSettings, 'dataDir' | 'gitHosts'>;
  readonly seal: Seal;
}

/** Each open repository is two programs that wait; beyond this many, those that nobody uses are closed. */
const mostOpen = 32;

export function openRepositoryPool({ settings, seal }: PoolOptions): RepositoryPool {
  const access: UpstreamAccess = { seal, gitHosts: settings.gitHosts };
  const slots = new Map<string, Slot>();
  const pathOf = (projectId: string): string => `${settings.dataDir}/repositories/${projectId}.git`;

  const take = (project: HubProject): Slot => {
    const slot = slots.get(project.id) ?? {
      opened: openOwned(pathOf(project.id), project),
      writers: fairTurn(),
      exchanges: fairTurn(),
      users: 0,
    };
    // The last used stands last.
    slots.delete(project.id);
    slots.set(project.id, slot);
    slot.users += 1;
    return slot;
  };
  const closeIdle = (most: number): Promise<unknown> => {
    const closing: Promise<void>[] = [];
    for (const [id, slot] of slots) {
      if (slots.size <= most) break;
      if (slot.users > 0) continue;
      slots.delete(id);
      closing.push(slot.opened.then(closeOpened, () => undefined));
    }
    return Promise.all(closing);
  };
  const use = async <T>(project: HubProject, work: (at: ProjectRepository) => Promise<T>): Promise<T> => {
    const slot = take(project);
    try {
      const opened = await slot.opened.catch((error: unknown) => {
        // The next one tries anew.
        if (slots.get(project.id) === slot) slots.delete(project.id);
        throw error;
      });
      return await work(await projectRepository(access, project, { ...slot, ...opened }));
    } finally {
      slot.users -= 1;
      await closeIdle(mostOpen);
    }
  };
  return {
    use,
    create: ({ id, settings: { branch } }) => createRepository(pathOf(id), branch),
    pathOf,
    close: async () => {
      await closeIdle(0);
    },
  };
}

/** The copy of a connected project is a cache: when it is gone it is begun anew. */
async function openOwned(path: string, { kind, settings }: HubProject): Promise<Opened> {
  const repository = await openRepository(path, { owned: true }).catch(async (error: unknown) => {
    const gone = error instanceof GitError && error.code === 'not_a_repository';
    if (!gone || kind !== 'connected') throw error;
    await createRepository(path, settings.branch);
    return openRepository(path, { owned: true });
  });
  await refuseForeignConfig(path);
  return { repository, reader: openObjectReader(repository), mover: openRefMover(repository) };
}

async function closeOpened({ reader, mover }: Opened): Promise<void> {
  await Promise.all([reader.close(), mover.close()]);
}

async function projectRepository(
  access: UpstreamAccess,
  project: HubProject,
  opened: Opened & Pick<Slot, 'writers' | 'exchanges'>,
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
    publish: (publication) =>
      connected
        ? publishConnected(branch, publication)
        : publishHosted(mover, { ref, from: publication.from, to: publication.commit }),
    contains: async (commit) => {
      if (connected) return upstreamContains(branch, commit);
      const head = await tip();
      return head !== undefined && (await isAncestor(repository, commit, head));
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
