import type { Queries } from './database.ts';

/** What is about a project and of no use without it. Requests, and all that tells how they were decided, are not here. */
const itsOwn = [
  'clusterBindings',
  'deploymentHealth',
  'deploymentMarks',
  'deploymentSignals',
  'grants',
  'holds',
] as const;

/** Removes what other tables say of a project that is deleted. What clusters run is of no project then. */
export async function forgetProject(db: Queries, projectId: string): Promise<void> {
  for (const table of itsOwn) await db.deleteFrom(table).where('projectId', '=', projectId).execute();
  // How far background tasks came with it: `index.basis.ID`, `fetch.ID`.
  await db.deleteFrom('settings').where('name', 'like', `%.${projectId}`).execute();
  await db
    .updateTable('clusterApplications')
    .set({ projectId: null, tenant: null, environment: null, service: null, bound: null })
    .where('projectId', '=', projectId)
    .execute();
}
