import { type ClusterView, CommandRefused } from '../agent/cluster-view.ts';
import { soonerOf } from '../agent/wait.ts';
import type { ShopFollower } from './follow-shop.ts';
import { type SimulatedCluster, simulatedName } from './simulated-cluster.ts';

/** Milliseconds without any change after which the cluster is looked at again. */
const quiet = 60_000;

/** The simulated cluster as the agent sees any cluster. */
export function simulatedView(
  cluster: SimulatedCluster,
  shop: Pick<ShopFollower, 'nudge' | 'onLook'>,
): ClusterView {
  const tell = (what: string, application: string | null | undefined): Promise<string> => {
    if (!cluster.applications().some(({ name }) => name === application))
      return Promise.reject(new CommandRefused(`there is no Application ${application}`));
    shop.nudge();
    return Promise.resolve(`the simulated ${application} is told to ${what}`);
  };
  return {
    kubernetesVersion: () => Promise.resolve(simulatedName),
    inventory: (at) => Promise.resolve(cluster.inventory(at)),
    applications: () => Promise.resolve(cluster.applications()),
    // Nobody can change a cluster that is made up.
    drift: () => Promise.resolve([]),
    sync: ({ application }) => tell('sync', application),
    refresh: ({ application }) => tell('look at Git', application),
    dryRun: () => Promise.reject(new CommandRefused('the simulated cluster has no API server')),
    async *changes(signal) {
      while (!signal.aborted) {
        const heard = Promise.withResolvers<undefined>();
        const forget = shop.onLook(() => heard.resolve(undefined));
        await soonerOf(heard.promise, cluster.nextChange() ?? quiet, signal);
        forget();
        yield;
      }
    },
  };
}
