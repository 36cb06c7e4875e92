import { openStore } from '../../src/store/open-store.ts';
import { startCluster } from './postgres-cluster.ts';

/** Where tests find the cluster of this run, and the database with the schema in it that they clone. */
export const clusterVariable = 'KNOWNGOOD_TEST_POSTGRES';

/** One cluster for a whole test run, stopped at its end. */
export async function setup(): Promise<() => Promise<void>> {
  const cluster = await startCluster();
  if (!cluster) {
    process.stderr.write(
      'no PostgreSQL server programs below /usr/lib/postgresql: tests on it are skipped\n',
    );
    return () => Promise.resolve();
  }
  const template = await openStore({ url: cluster.url('template1'), connections: 1 });
  await template.close();
  process.env[clusterVariable] = cluster.url('DATABASE');
  return cluster.stop;
}
