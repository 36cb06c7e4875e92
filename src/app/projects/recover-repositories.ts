import { Refusal } from '../../domain/refusal/refusal.ts';
import { finishRepositories } from '../../git/create-repository.ts';
import { hasRefs } from '../../git/has-refs.ts';
import { type ProgramAt, programsBelow } from '../../git/programs-below.ts';
import { openRepository } from '../../git/repository.ts';
import { sweepRepository } from '../../git/sweep-repository.ts';
import { failPoint } from '../../std/fail-point.ts';
import type { Hub } from '../hub.ts';
import { refusalOf } from '../refuse-git.ts';
import { clearAway } from './delete-project.ts';
import type { HubProject, ProjectSettings } from './hub-project.ts';

/** What a start found at a repository, and did about it. Where there was nothing, nothing is said. */
export interface RecoveredRepository {
  readonly projectId: string;
  /**
   * `swept`: what killed gits had left is removed. `recreated`: the copy of an upstream is begun anew. `cleared`: an
   * interrupted creation or deletion is finished. `busy`: a git that outlived its hub is still at work, and nothing was
   * touched. `unowned`: it holds commits, no project has it, and it stays. `lost`: a hosted project has none. `failed`:
   * see the error.
   */
  readonly outcome: 'swept' | 'recreated' | 'cleared' | 'busy' | 'unowned' | 'lost' | 'failed';
  /** Files that were removed, below the repository. */
  readonly removed?: readonly string[];
  readonly error?: unknown;
}

export interface RecoverRepositoriesOptions {
  /** Milliseconds to wait for gits that outlived their hub; 5,000 unless told. */
  readonly patience?: number;
}

type Finding = Omit<RecoveredRepository, 'projectId'> | undefined;

/**
 * Brings the repositories in the data folder to what the database says about them, before anything works on them; the
 * folder must be this process's alone. What may hold commits that nothing else has is never removed. Throws
 * `repositories_lost` when there are hosted projects and not one of their repositories: then it is the wrong folder.
 */
export async function recoverRepositories(
  hub: Hub,
  { patience = 5000 }: RecoverRepositoriesOptions = {},
): Promise<readonly RecoveredRepository[]> {
  const folder = `${hub.settings.dataDir}/repositories`;
  const found = new Set(await finishRepositories(folder));
  const projects = await hub.store.projects.list<ProjectSettings>();
  refuseOtherFolder(hub, projects, found);
  const programs = await afterOthers(folder, patience);
  const recovered: RecoveredRepository[] = [];
  for (const project of projects) {
    const work = () => (found.delete(project.id) ? sweep(hub, project.id, programs) : replace(hub, project));
    recovered.push(...(await attempt(project.id, work)));
  }
  for (const id of found) recovered.push(...(await attempt(id, () => clearStranger(hub, id))));
  return recovered;
}

/** One repository that cannot be mended must not keep the others from being served. */
async function attempt(
  projectId: string,
  work: () => Promise<Finding>,
): Promise<readonly RecoveredRepository[]> {
  try {
    const finding = await work();
    await failPoint('app.repository.recovered');
    return finding ? [{ projectId, ...finding }] : [];
  } catch (error) {
    return [{ projectId, outcome: 'failed', error: refusalOf(error) }];
  }
}

/** Servers that share a PostgreSQL have folders of their own, so there it says nothing. */
function refuseOtherFolder(hub: Hub, projects: readonly HubProject[], found: ReadonlySet<string>): void {
  const hosted = projects.filter(({ kind }) => kind === 'hosted');
  if (hub.store.kind !== 'sqlite' || hosted.length === 0) return;
  if (hosted.some(({ id }) => found.has(id))) return;
  throw new Refusal('repositories_lost', {
    count: hosted.length,
    path: `${hub.settings.dataDir}/repositories`,
  });
}

/** Gits whose hub was killed end soon, for nobody talks to them any more. Answers those that have not by then. */
async function afterOthers(folder: string, patience: number): Promise<readonly ProgramAt[] | undefined> {
  for (let left = patience; ; left -= pause) {
    const programs = programsBelow(folder);
    if (programs === undefined || programs.length === 0 || left <= 0) return programs;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Milliseconds. */
const pause = 20;
/** Where the system does not tell who is at work, what nobody has touched for an hour is nobody's. */
const surelyOver = 3_600_000;

async function sweep(
  hub: Hub,
  projectId: string,
  programs: readonly ProgramAt[] | undefined,
): Promise<Finding> {
  if (programs?.some(({ folder }) => folder.split('/', 1)[0] === `${projectId}.git`))
    return { outcome: 'busy' };
  const path = hub.repositories.pathOf(projectId);
  const removed = await sweepRepository(path, { olderThan: programs ? 0 : surelyOver });
  return removed.length > 0 ? { outcome: 'swept', removed } : undefined;
}

/** The copy of a connected project is filled by the first fetch, which comes with the first use of it. */
async function replace(hub: Hub, project: HubProject): Promise<Finding> {
  if (project.kind === 'hosted')
    return { outcome: 'lost', error: new Refusal('repository_lost', { project: project.slug }) };
  await hub.repositories.create(project);
  return { outcome: 'recreated' };
}

/** A repository without a project: left by an interrupted creation or deletion, or of another database. */
async function clearStranger(hub: Hub, projectId: string): Promise<Finding> {
  const deleted = await hub.store.projects.deleted(projectId);
  const path = hub.repositories.pathOf(projectId);
  if (deleted) await clearAway(hub, deleted);
  else if (await hasRefs(await openRepository(path, { owned: true }))) return { outcome: 'unowned' };
  else await hub.repositories.discard(projectId);
  return { outcome: 'cleared' };
}
