import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

export type CommandStatus = 'pending' | 'sent' | 'acked' | 'running' | 'completed' | 'failed';

export interface ClusterCommandRow {
  readonly id: string;
  readonly clusterId: string;
  /** The key of its payload in the protocol, such as `argoSync`. */
  readonly kind: string;
  /** JSON. */
  readonly payload: string;
  readonly requestedBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly status: CommandStatus;
  /** What the agent said last. */
  readonly message: string;
  readonly changedAt: number;
}
export type ClusterCommand = ClusterCommandRow;

const ended: readonly CommandStatus[] = ['completed', 'failed'];

/** What agents were asked to do, and what became of it. */
export const clusterCommands = (db: Queries) => ({
  add: async (command: ClusterCommand): Promise<void> => {
    await db.insertInto('clusterCommands').values(command).execute();
  },
  get: async (id: string): Promise<ClusterCommand | undefined> =>
    db.selectFrom('clusterCommands').selectAll().where('id', '=', id).executeTakeFirst(),
  /** Those that wait to be sent and have not expired, oldest first. */
  waiting: async (clusterId: string, now: number): Promise<readonly ClusterCommand[]> =>
    db
      .selectFrom('clusterCommands')
      .selectAll()
      .where('clusterId', '=', clusterId)
      .where('status', '=', 'pending')
      .where('expiresAt', '>', now)
      .orderBy('id')
      .limit(100)
      .execute(),
  /** The clusters for which something waits. */
  clustersWaiting: async (now: number): Promise<readonly string[]> => {
    const rows = await db
      .selectFrom('clusterCommands')
      .select('clusterId')
      .distinct()
      .where('status', '=', 'pending')
      .where('expiresAt', '>', now)
      .execute();
    return rows.map(({ clusterId }) => clusterId);
  },
  /** True for one caller: whoever sends it. */
  take: async (id: string, now: number): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('clusterCommands')
        .set({ status: 'sent', changedAt: now })
        .where('id', '=', id)
        .where('status', '=', 'pending')
        .executeTakeFirstOrThrow(),
    ),
  /** What the agent says of one that was sent to this cluster. False for any other, and for one that has ended. */
  said: async (
    clusterId: string,
    id: string,
    to: { readonly status: CommandStatus; readonly message: string; readonly now: number },
  ): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('clusterCommands')
        .set({ status: to.status, message: to.message, changedAt: to.now })
        .where('id', '=', id)
        .where('clusterId', '=', clusterId)
        .where('status', 'not in', ['pending', ...ended])
        .executeTakeFirstOrThrow(),
    ),
});
