import type { Application } from '../../domain/cluster/application.ts';
import { folderSources, placeOfFolder } from '../../domain/cluster/application-place.ts';
import { isSameRepository } from '../../domain/cluster/repository-address.ts';
import type { Layout } from '../../domain/layout/layout.ts';
import type { BoundPlace } from '../../store/cluster-applications.ts';
import type { ClusterBinding } from '../../store/cluster-bindings.ts';
import type { Hub } from '../hub.ts';
import type { HubProject, ProjectSettings } from '../projects/hub-project.ts';
import { readLayout } from '../projects/read-layout.ts';

export const applicationKey = ({ namespace, name }: Pick<Application, 'namespace' | 'name'>): string =>
  `${namespace}/${name}`;

const loopback = /^(https?:\/\/)(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/i;

/** On one machine the same server has several names. */
const plainName = (url: string): string => url.replace(loopback, '$1localhost');

/** Every address by which a cluster may read a project. */
export const projectAddresses = (
  { settings }: Pick<Hub, 'settings'>,
  project: HubProject,
): readonly string[] => {
  const { upstream } = project.settings;
  return [`${settings.publicUrl}/git/${project.slug}`, ...(upstream ? [upstream.url] : [])].map(plainName);
};

type LayoutOf = (project: HubProject) => Promise<Layout | undefined>;

/** Each project's layout at its head, read once. A repository that cannot be read binds nothing. */
function layoutReader(hub: Hub): LayoutOf {
  const known = new Map<string, Promise<Layout | undefined>>();
  const read = (project: HubProject): Promise<Layout | undefined> =>
    hub.repositories
      .use(project, async (at) => {
        if ((await at.tip()) === undefined) return undefined;
        return (await readLayout(at.reader, (await at.head()).tree)).layout;
      })
      .catch(() => undefined);
  return (project) => {
    const layout = known.get(project.id) ?? read(project);
    known.set(project.id, layout);
    return layout;
  };
}

const byHand = (binding: ClusterBinding): BoundPlace => ({
  projectId: binding.projectId,
  tenant: binding.tenant,
  environment: binding.environment,
  service: undefined,
  by: 'hand',
});

/**
 * What each Application of a cluster deploys for us: what a person said of it, else whose folder of a project's
 * repository it reads, else what a person said of all Applications of the cluster that read that project.
 */
export async function bindApplications(
  hub: Hub,
  clusterId: string,
  applications: readonly Application[],
): Promise<ReadonlyMap<string, BoundPlace>> {
  const projects = await hub.store.projects.list<ProjectSettings>();
  const bindings = await hub.store.clusterBindings.of(clusterId);
  const layoutOf = layoutReader(hub);
  const bound = new Map<string, BoundPlace>();
  for (const application of applications) {
    const key = applicationKey(application);
    const own = bindings.find((binding) => binding.application === key);
    const place = own
      ? byHand(own)
      : await bindByFolder({
          application,
          projects,
          bindings,
          layoutOf,
          addresses: (project) => projectAddresses(hub, project),
        });
    if (place) bound.set(key, place);
  }
  return bound;
}

interface Search {
  readonly application: Application;
  readonly projects: readonly HubProject[];
  readonly bindings: readonly ClusterBinding[];
  readonly layoutOf: LayoutOf;
  readonly addresses: (project: HubProject) => readonly string[];
}

async function bindByFolder(search: Search): Promise<BoundPlace | undefined> {
  const { application, projects, bindings, layoutOf, addresses } = search;
  for (const { repoUrl, path } of folderSources(application))
    for (const project of projects) {
      if (!addresses(project).some((address) => isSameRepository(address, plainName(repoUrl)))) continue;
      const layout = await layoutOf(project);
      const place = layout && placeOfFolder(layout, path);
      if (place) return { ...place, projectId: project.id, by: 'layout' };
      const whole = bindings.find((each) => each.application === '' && each.projectId === project.id);
      if (whole) return byHand(whole);
    }
  return undefined;
}
