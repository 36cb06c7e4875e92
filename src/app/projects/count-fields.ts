import { readFieldFiles } from '../../domain/plan/field-file.ts';
import { selectScope } from '../../domain/layout/layout-selector.ts';
import type { Layout } from '../../domain/layout/layout.ts';
import type { Deployment } from '../../domain/deployment/deployment.ts';
import { drive } from '../../git/drive.ts';
import { GitError } from '../../git/git-error.ts';
import { type ObjectReader, openObjectReader } from '../../git/object-reader.ts';
import { readCommit } from '../../git/read-commit.ts';
import { failPoint } from '../../std/fail-point.ts';
import { diffTrees } from '../../tree/diff-trees.ts';
import type { Hub } from '../hub.ts';
import type { ProjectSettings } from './hub-project.ts';
import { readLayout } from './read-layout.ts';
import type { ProjectRepository } from './repository-pool.ts';
import type { ProjectErrorListener } from './start-indexing.ts';

export interface CountOptions {
  readonly signal?: AbortSignal | undefined;
  /** Deployments that are counted at most; 500 unless told. */
  readonly most?: number;
  /** Told which one could not be read; it is tried again in the next run, after the others. */
  readonly onError: ProjectErrorListener;
}

/** Deployments that are saved together: others wait for as long as it takes to write them. */
const batch = 50;
/** Files that are parsed in one go, and milliseconds of rest after them: it may take its time, requests may not. */
const atOnce = 20;
const rest = 5;
/** Milliseconds for which one server counts a project without saying that it still does. */
const leaseFor = 60_000;

/**
 * Counts the changed fields of deployments that are not counted yet, newest first, and answers how many it counted.
 * It can be stopped at any time and goes on where it was.
 */
export async function countFields(hub: Hub, projectId: string, options: CountOptions): Promise<number> {
  const [first] = await hub.store.deployments.uncounted(projectId, { before: newest, limit: 1 });
  const project = first && (await hub.store.projects.get<ProjectSettings>(projectId));
  if (!project) return 0;
  const now = hub.clock();
  const time = { now, until: now + leaseFor };
  const lease = await hub.store.leases.acquire(`fields:${projectId}`, hub.instance, time);
  if (!lease) return 0;
  try {
    return await hub.repositories.use(project, async (at) => {
      const { layout } = await readLayout(at.reader, (await at.head()).tree);
      // One of its own: what is read here must not push out what people look at.
      const reader = openObjectReader(at.repository, { cacheBytes: 8 * 1024 * 1024 });
      const keep = (): Promise<boolean> => hub.store.leases.renew(lease, hub.clock() + leaseFor);
      try {
        return await countAll({ hub, at, layout, reader, keep }, options);
      } finally {
        await reader.close();
      }
    });
  } finally {
    await hub.store.leases.release(lease);
  }
}

const newest = Number.MAX_SAFE_INTEGER;

interface Counting {
  readonly hub: Hub;
  readonly at: ProjectRepository;
  readonly layout: Layout;
  readonly reader: ObjectReader;
  /** False: another server counts now. */
  readonly keep: () => Promise<boolean>;
}

async function countAll(counting: Counting, { signal, most = 500, onError }: CountOptions): Promise<number> {
  const { hub, at, keep } = counting;
  const { id } = at.project;
  const stopped = (): boolean => signal?.aborted === true;
  let counted = 0;
  for (let before = newest; counted < most && !stopped();) {
    const limit = Math.min(batch, most - counted);
    const rows = await hub.store.deployments.uncounted(id, { before, limit });
    const counts: { readonly row: Deployment; readonly fields: number }[] = [];
    for (const row of rows) {
      if (stopped()) break;
      try {
        counts.push({ row, fields: await fieldsOf(counting, row) });
      } catch (error) {
        if (!(error instanceof GitError)) throw error;
        onError(error, id);
      }
    }
    if (!(await keep())) break;
    await hub.store.tx(async (tx) => {
      for (const { row, fields } of counts) await tx.deployments.setFields(id, row, fields);
    });
    await failPoint('app.fields.counted');
    counted += counts.length;
    const last = rows.at(-1);
    if (!last || rows.length < limit) break;
    // A page that ends inside a revision goes on there, unless nothing of that could be read.
    before = last.position + (counts.at(-1)?.row.position === last.position ? 1 : 0);
  }
  return counted;
}

async function fieldsOf({ layout, reader }: Counting, row: Deployment): Promise<number> {
  const { tree, parents } = await readCommit(reader, row.revision);
  const [parent] = parents;
  const from = parent === undefined ? undefined : (await readCommit(reader, parent)).tree;
  const scope = { tenant: row.tenant, environment: row.environment, service: undefined };
  const changes = await drive(reader, diffTrees(from, tree, selectScope(layout, scope)));
  let fields = 0;
  for (let part = 0; part < changes.length; part += atOnce) {
    const files = await drive(reader, readFieldFiles(changes.slice(part, part + atOnce)));
    fields += files.reduce((sum, file) => sum + file.fields.length, 0);
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
  return fields;
}
