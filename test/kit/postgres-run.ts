import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../src/store/open-store.ts';
import { startCluster } from './postgres-cluster.ts';

/** Where tests find the cluster of this run: the address of a database called DATABASE. */
export const addressVariable = 'KNOWNGOOD_TEST_POSTGRES';
/** The file that says that template1 has the schema: empty, or with the reason why it never will. */
export const readyVariable = 'KNOWNGOOD_TEST_POSTGRES_READY';

/** One cluster for a whole test run, started beside the first tests and stopped at the end. */
export function setup(): () => Promise<void> {
  const cluster = startCluster();
  if (!cluster) {
    process.stderr.write(
      'no PostgreSQL server programs below /usr/lib/postgresql: tests on it are skipped\n',
    );
    return () => Promise.resolve();
  }
  const ready = join(cluster.folder, 'ready');
  process.env[addressVariable] = cluster.url('DATABASE');
  process.env[readyVariable] = ready;
  const prepared = (async () => {
    await cluster.started;
    const template = await openStore({ url: cluster.url('template1'), connections: 1 });
    await template.close();
  })().then(
    () => writeFileSync(ready, ''),
    (error: unknown) => writeFileSync(ready, String(error)),
  );
  return async () => {
    await prepared;
    await cluster.stop();
  };
}
