import type { AgentLog } from '../agent/agent-parts.ts';
import { startLoop } from '../app/background-loop.ts';
import type { Hub } from '../app/hub.ts';
import type { ShopMirror } from './pull-shop.ts';
import type { SimulatedCluster } from './simulated-cluster.ts';

/** Keeps the simulated cluster at what the branch says. */
export interface ShopFollower {
  /** Resolves when the repository was read for the first time. */
  readonly first: Promise<void>;
  /** Asks for a look at the repository now. */
  readonly nudge: () => void;
  /** Calls back after each look until the returned function is called. */
  readonly onLook: (heard: () => void) => () => void;
  readonly stop: () => Promise<void>;
}

/** Milliseconds between looks at the repository when nothing tells that it has changed. */
const everyMinute = 60_000;

/** Begins at once, and looks again whenever something happens in the hub, as a webhook would have Argo CD do. */
export function followShop(
  hub: Hub,
  {
    mirror,
    cluster,
    log,
  }: { readonly mirror: ShopMirror; readonly cluster: SimulatedCluster; readonly log: AgentLog },
): ShopFollower {
  const listeners = new Set<() => void>();
  const first = Promise.withResolvers<undefined>();
  const look = async (): Promise<void> => {
    cluster.observe(await mirror.pull());
    first.resolve(undefined);
    for (const heard of listeners) heard();
  };
  const loop = startLoop(look, {
    every: everyMinute,
    onError: (error) => log.error('the simulated cluster cannot read the shop', error),
  });
  const topics = ['index', 'outbox'] as const;
  const forget = topics.map((topic) => hub.onWake(topic, loop.nudge));
  return {
    first: first.promise,
    nudge: loop.nudge,
    onLook: (heard) => {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    stop: async () => {
      for (const stopListening of forget) stopListening();
      await loop.stop();
      first.resolve(undefined);
    },
  };
}
