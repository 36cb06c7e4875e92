import { Refusal } from '../../domain/refusal/refusal.ts';
import { createRepository, refuseForeignConfig } from '../../git/create-repository.ts';
import { GitError } from '../../git/git-error.ts';
import { makeFanOuts } from '../../git/fan-out.ts';
import { type RefMover, openRefMover } from '../../git/move-ref.ts';
import { type ObjectReader, openObjectReader } from '../../git/object-reader.ts';
import { type Repository, openRepository } from '../../git/repository.ts';
import { type Turn, fairTurn } from '../../store/turn.ts';
import type { HubProject } from './hub-project.ts';

/** An open repository, the programs that wait behind it, and the turns that its users take. */
export interface OpenedRepository {
  readonly repository: Repository;
  readonly reader: ObjectReader;
  readonly mover: RefMover;
  /** One writer at a time. */
  readonly writers: Turn;
  /** One exchange with the upstream at a time. */
  readonly exchanges: Turn;
}

/** Keeps repositories open between uses, because starting the programs costs more than the work they do. */
export interface RepositorySlots {
  readonly use: <T>(project: HubProject, work: (opened: OpenedRepository) => Promise<T>) => Promise<T>;
  readonly forget: (projectId: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Slot {
  readonly opened: Promise<OpenedRepository>;
  users: number;
}

/** Each open repository is two programs that wait; beyond this many, those that nobody uses are closed. */
const mostOpen = 32;

export function repositorySlots(pathOf: (projectId: string) => string): RepositorySlots {
  const slots = new Map<string, Slot>();
  const take = (project: HubProject): Slot => {
    const slot = slots.get(project.id) ?? { opened: openOwned(pathOf(project.id), project), users: 0 };
    // The last used stands last.
    slots.delete(project.id);
    slots.set(project.id, slot);
    slot.users += 1;
    return slot;
  };
  const closeIdle = async (most: number): Promise<void> => {
    const closing: Promise<void>[] = [];
    for (const [id, slot] of slots) {
      if (slots.size <= most) break;
      if (slot.users > 0) continue;
      slots.delete(id);
      closing.push(slot.opened.then(closeOpened, () => undefined));
    }
    await Promise.all(closing);
  };
  return {
    use: async (project, work) => {
      const slot = take(project);
      try {
        const opened = await slot.opened.catch((error: unknown) => {
          // The next one tries anew.
          if (slots.get(project.id) === slot) slots.delete(project.id);
          throw error;
        });
        return await work(opened);
      } finally {
        slot.users -= 1;
        await closeIdle(mostOpen);
      }
    },
    forget: async (projectId) => {
      const slot = slots.get(projectId);
      slots.delete(projectId);
      await slot?.opened.then(closeOpened, () => undefined);
    },
    close: () => closeIdle(0),
  };
}

/** The copy of a connected project is a cache: when it is gone it is begun anew. Another one is `repository_lost`. */
async function openOwned(path: string, { kind, slug, settings }: HubProject): Promise<OpenedRepository> {
  const repository = await openRepository(path, { owned: true }).catch(async (error: unknown) => {
    if (!(error instanceof GitError) || error.code !== 'not_a_repository') throw error;
    if (kind === 'hosted') throw new Refusal('repository_lost', { project: slug });
    await createRepository(path, settings.branch);
    return openRepository(path, { owned: true });
  });
  await refuseForeignConfig(path);
  await makeFanOuts(repository);
  const [reader, mover] = [openObjectReader(repository), openRefMover(repository)];
  return { repository, reader, mover, writers: fairTurn(), exchanges: fairTurn() };
}

async function closeOpened({ reader, mover }: OpenedRepository): Promise<void> {
  await Promise.all([reader.close(), mover.close()]);
}
