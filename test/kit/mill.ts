import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchUpstream } from '../../src/app/projects/fetch-upstream.ts';
import { indexHistory } from '../../src/app/projects/index-history.ts';
import type { OpenHub } from '../../src/app/open-hub.ts';
import { type GitHost, serveRepository } from './git-host.ts';
import { git } from './git.ts';
import { connectedProject } from './hub.ts';
import { type TestRepository, cloneRepository, makeRepository } from './repository.ts';
import { setPolicy } from './shop.ts';

/** A project of many tenants, connected to a Git host that a test can make refuse. */
export interface Mill extends AsyncDisposable {
  /** Everything at v1, to which journeys go back. */
  readonly good: string;
  readonly host: GitHost;
  readonly upstream: TestRepository;
  /** Somebody, or a bot of this name, pushes another image of `api` to the Git host; the hub does not hear of it. */
  readonly pushElsewhere: (tenant: string, environment: string, tag: string, bot?: string) => void;
  /** The hub looks at the Git host. */
  readonly fetch: () => Promise<void>;
}

const pathOf = (tenant: string, environment: string, service: string): string =>
  `tenants/${tenant}/${environment}/${service}/service.yaml`;

const textOf = (tag: string, replicas: number): string => `image:\n  tag: ${tag}\nreplicas: ${replicas}\n`;

/** A service with a file of its own for each tenant, in `dev`, which asks nobody, and `production`, which asks one. */
function filesAt(tenants: readonly string[], tag: string, replicas: number): Record<string, string> {
  const places = tenants.flatMap((tenant) => ['dev', 'production'].map((each) => [tenant, each] as const));
  return Object.fromEntries(
    places.flatMap(([tenant, environment]) =>
      ['api', 'worker'].map((service) => [pathOf(tenant, environment, service), textOf(tag, replicas)]),
    ),
  );
}

/** Makes the project `mill` in a running hub: a good release of everything, then a bad one. */
export async function connectMill(hub: OpenHub, tenants: readonly string[]): Promise<Mill> {
  const upstream = makeRepository([
    { message: 'Release v1', files: filesAt(tenants, 'v1', 2) },
    { message: 'Release v2', files: filesAt(tenants, 'v2', 4) },
  ]);
  const host = await serveRepository(upstream);
  const project = await connectedProject(hub, host, { slug: 'mill' });
  await setPolicy({ hub, project }, { approvals: 1 });
  const fetch = async (): Promise<void> => {
    await fetchUpstream(hub, project);
    await indexHistory(hub, project.id);
  };
  await fetch();
  return {
    good: upstream.commits[0] ?? '',
    host,
    upstream,
    pushElsewhere: (tenant, environment, tag, bot) => {
      using clone = cloneRepository(upstream);
      writeFileSync(join(clone.dir, pathOf(tenant, environment, 'api')), textOf(tag, 4));
      const by = bot === undefined ? [] : ['--author', `${bot} <${bot}@example.com>`];
      git(clone.dir, 'commit', '-qam', `Release api ${tag}`, ...by);
      git(clone.dir, 'push', '-q', 'origin', 'main');
    },
    fetch,
    [Symbol.asyncDispose]: async () => {
      await host[Symbol.asyncDispose]();
      upstream[Symbol.dispose]();
    },
  };
}
