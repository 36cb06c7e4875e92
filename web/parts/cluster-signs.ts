import { IconCircleCheck, IconClock, IconHourglass, IconPlugConnectedX } from '@tabler/icons-react';
import type { Cluster } from '../../src/contract/cluster.ts';
import type { Sign } from './states.ts';

/** Whether a cluster is heard of, for people. */
export const clusterSigns: Readonly<Record<Cluster['state'], Sign>> = {
  waiting: { word: 'waiting for its agent', tone: 'waiting', icon: IconHourglass },
  connected: { word: 'connected', tone: 'good', icon: IconCircleCheck },
  lagging: { word: 'lagging', tone: 'waiting', icon: IconClock },
  offline: { word: 'offline', tone: 'bad', icon: IconPlugConnectedX },
};

/** What an offline cluster means for a rollback, so that nobody takes it for lost. */
export const awayText = 'A rollback is safe in Git meanwhile; sync will occur when the agent reconnects.';
