import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './repository.ts';

/** An object of Kubernetes as a test writes it down. */
export type KubeLiteral = Readonly<Record<string, unknown>> & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & {
    readonly name: string;
    readonly namespace?: string;
  };
};

/** The API server of a cluster for tests; nothing runs in it. */
export interface TestApiServer extends AsyncDisposable {
  /** A kubeconfig of somebody who may do everything. */
  readonly kubeconfig: string;
  /** Creates an object, or puts this in its place; `status` too. */
  readonly put: (object: KubeLiteral) => Promise<void>;
}

/** Writes a kubeconfig of one cluster and one user into a folder of its own. */
export function kubeconfigFor(cluster: object, user: object): string {
  const path = join(temporaryFolder('kubeconfig'), 'config');
  writeFileSync(
    path,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'test',
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
      clusters: [{ name: 'test', cluster }],
      users: [{ name: 'test', user }],
    }),
  );
  return path;
}
