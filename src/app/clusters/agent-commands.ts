import type { ClusterCommand, CommandStatus } from '../../store/cluster-commands.ts';

import type { Hub } from '../hub.ts';
import type { Agent } from './agent.ts';

export type { ClusterCommand };

/** The commands that are to be sent to an agent now; each is handed out once, over all servers. */
export async function takeCommands(hub: Hub, { cluster }: Agent): Promise<readonly ClusterCommand[]> {
  const now = hub.clock();
  const waiting = await hub.store.clusterCommands.waiting(cluster.id, now);
  const taken: ClusterCommand[] = [];
  for (const command of waiting)
    if (await hub.store.clusterCommands.take(command.id, now)) taken.push(command);
  return taken;
}

/** The clusters whose agents are to be sent something. */
export const clustersWithCommands = (hub: Hub): Promise<readonly string[]> =>
  hub.store.clusterCommands.clustersWaiting(hub.clock());

const statuses: Readonly<Record<string, CommandStatus>> = {
  pending: 'acked',
  acked: 'acked',
  running: 'running',
  completed: 'completed',
  failed: 'failed',
};

/** What an agent says of a command. Words about commands of others, or about ended ones, change nothing. */
export async function receiveCommandNews(
  hub: Hub,
  { cluster }: Agent,
  news: {
    readonly commandId: string;
    readonly status: string;
    readonly message: string;
    /** JSON, of a command that asks for something. */
    readonly answer?: string | undefined;
  },
): Promise<void> {
  const status = Object.hasOwn(statuses, news.status) ? statuses[news.status] : undefined;
  if (status === undefined) return;
  if (news.answer !== undefined)
    await hub.store.clusterCommands.answer(cluster.id, news.commandId, news.answer);
  const said = { status, message: news.message, now: hub.clock() };
  await hub.store.clusterCommands.said(cluster.id, news.commandId, said);
  hub.wake('answers');
}
