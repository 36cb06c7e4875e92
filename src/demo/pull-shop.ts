import { join } from 'node:path';
import { parse } from 'yaml';
import { createRepository } from '../git/create-repository.ts';
import { drive } from '../git/drive.ts';
import { GitError } from '../git/git-error.ts';
import { fetchMirror } from '../git/mirror-branch.ts';
import { type ObjectReader, openObjectReader } from '../git/object-reader.ts';
import { readCommit } from '../git/read-commit.ts';
import { withRemote } from '../git/remote-access.ts';
import { type Repository, openRepository } from '../git/repository.ts';
import type { EntryState } from '../tree/diff-trees.ts';
import type { Oid } from '../tree/object.ts';
import { listPaths } from '../tree/read-paths.ts';
import type { Selector } from '../tree/select.ts';
import type { ShopCheckout, SimulatedWorkload } from './simulated-cluster.ts';

/** Where the demo's repository is served, and what lets a reader in. */
export interface ShopRemote {
  readonly url: string;
  readonly port: number;
  /** The address behind the name `localhost`. */
  readonly address: string;
  readonly token: string;
}

/** A copy of the demo's repository, as a cluster would keep one. */
export interface ShopMirror {
  /** Fetches what is new and reads it. Throws `GitError`. */
  readonly pull: () => Promise<ShopCheckout>;
  readonly close: () => Promise<void>;
}

const ref = 'refs/heads/main';

/** Opens the copy in this folder, or makes it. */
export async function openShopMirror(folder: string, remote: ShopRemote): Promise<ShopMirror> {
  const repository = await openOrMake(join(folder, 'shop.git'));
  const reader = openObjectReader(repository);
  const { url, port, address, token } = remote;
  const credential = { kind: 'password', username: 'simulated', password: token } as const;
  const target = { url, protocol: 'http', host: 'localhost', port, address, credential } as const;
  return {
    pull: async () => {
      const revision = await withRemote(repository, target, (reaching) =>
        fetchMirror(reaching, { url, ref }),
      );
      return { revision, workloads: await readWorkloads(reader, revision) };
    },
    close: () => reader.close(),
  };
}

async function openOrMake(path: string): Promise<Repository> {
  try {
    return await openRepository(path, { owned: true });
  } catch (error) {
    if (!(error instanceof GitError && error.code === 'not_a_repository')) throw error;
  }
  await createRepository(path, 'main');
  return openRepository(path, { owned: true });
}

const tenants: Selector = {
  folder: (path) => (path === 'tenants' ? 'all' : 'none'),
  file: () => false,
};

/** Every folder `tenants/TENANT/ENVIRONMENT/SERVICE` with a `service.yaml`, and what all its files are. */
async function readWorkloads(reader: ObjectReader, revision: Oid): Promise<readonly SimulatedWorkload[]> {
  const { tree } = await readCommit(reader, revision);
  const files = await drive(reader, listPaths(tree, tenants));
  const folders = Map.groupBy([...files], ([path]) => path.split('/').slice(1, 4).join('/'));
  const found: SimulatedWorkload[] = [];
  for (const [place, entries] of folders) {
    const own = files.get(`tenants/${place}/service.yaml`);
    if (own)
      found.push({ ...(await readService(reader, own)), ...placeOf(place), content: contentOf(entries) });
  }
  return found;
}

const placeOf = (place: string): Pick<SimulatedWorkload, 'tenant' | 'environment' | 'service'> => {
  const [tenant = '', environment = '', service = ''] = place.split('/');
  return { tenant, environment, service };
};

const contentOf = (entries: readonly (readonly [string, EntryState])[]): string =>
  entries.map(([path, { oid }]) => `${path} ${oid}`).join('\n');

async function readService(
  reader: ObjectReader,
  { oid }: EntryState,
): Promise<Pick<SimulatedWorkload, 'image' | 'tag' | 'replicas'>> {
  const blob = (await reader.read([oid])).get(oid);
  const text = blob?.type === 'blob' ? (blob.text ?? '') : '';
  const { image = {}, replicas = 1 } = readYaml(text);
  const { repository = '', tag = '' } = image;
  return { image: String(repository), tag: String(tag), replicas: Number(replicas) };
}

interface ServiceYaml {
  readonly image?: { readonly repository?: unknown; readonly tag?: unknown };
  readonly replicas?: unknown;
}

/** People push to the demo what they like; what cannot be read describes nothing. */
function readYaml(text: string): ServiceYaml {
  try {
    return (parse(text) as ServiceYaml | null) ?? {};
  } catch {
    return {};
  }
}
