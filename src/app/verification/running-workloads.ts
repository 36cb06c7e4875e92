import type { Application, Inventory } from '../../domain/cluster/application.ts';
import { imagesIn } from '../../domain/cluster/running-images.ts';
import type { RunningWorkload } from '../../domain/verification/compare-images.ts';
import type { Hub } from '../hub.ts';

/** Workloads that an Application manages, with their images as they were reported at this time. */
export interface RunningWorkloads {
  readonly workloads: readonly RunningWorkload[];
  readonly reportedAt: number;
}

/** Tells the workloads of Applications from the inventories of their clusters, each of which is read once. */
export function workloadReader({ store }: Hub) {
  const known = new Map<
    string,
    Promise<{ readonly inventory: Inventory; readonly at: number } | undefined>
  >();
  const read = async (clusterId: string) => {
    const report = await store.clusterReports.get(clusterId, 'inventory');
    if (report === undefined) return undefined;
    const at = Math.min(report.reportedAt, report.receivedAt);
    return { inventory: JSON.parse(report.body) as Inventory, at };
  };
  /** Undefined where no image of it is told. */
  return async (clusterId: string, application: Application): Promise<RunningWorkloads | undefined> => {
    const reading = known.get(clusterId) ?? read(clusterId);
    known.set(clusterId, reading);
    const report = await reading;
    const workloads = report ? workloadsOf(report.inventory, application) : [];
    return report && workloads.length > 0 ? { workloads, reportedAt: report.at } : undefined;
  };
}

function workloadsOf(
  { resources }: Inventory,
  { resources: managed }: Application,
): readonly RunningWorkload[] {
  const own = new Set(managed.map(({ kind, namespace, name }) => `${kind} ${namespace} ${name}`));
  return resources.flatMap(({ kind, namespace, name, labels }) => {
    const images = own.has(`${kind} ${namespace} ${name}`) ? imagesIn(labels) : [];
    return images.length === 0 ? [] : [{ kind, name, images }];
  });
}
