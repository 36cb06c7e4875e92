import { join } from 'node:path';

/** What lies where in the data folder of a server. */
export interface DataFiles {
  readonly folder: string;
  /** Of a server on SQLite, unless it was told another. */
  readonly database: string;
  readonly key: string;
  readonly lock: string;
  readonly repositories: string;
  readonly repository: (projectId: string) => string;
}

export const dataFiles = (folder: string): DataFiles => ({
  folder,
  database: join(folder, 'hub.db'),
  key: join(folder, 'secret.key'),
  lock: join(folder, 'server.lock'),
  repositories: join(folder, 'repositories'),
  repository: (projectId) => join(folder, 'repositories', `${projectId}.git`),
});
