/** How a cluster's agent stands: heard within a minute, within five, or longer ago; `waiting` has never been heard. */
export type ClusterPresence = 'waiting' | 'connected' | 'lagging' | 'offline';

const second = 1000;
const laggingAfter = 60 * second;
const offlineAfter = 300 * second;

/** By the hub's own clock alone: what an agent says about the time changes nothing. */
export function clusterPresence(seenAt: number | undefined, now: number): ClusterPresence {
  if (seenAt === undefined) return 'waiting';
  const silence = now - seenAt;
  if (silence > offlineAfter) return 'offline';
  return silence > laggingAfter ? 'lagging' : 'connected';
}
