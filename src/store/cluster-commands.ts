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
  /** JSON: what it asked for; null where it asks for nothing, or was not answered yet. */
  readonly answer: string | null;
}
export type ClusterCommand = ClusterCommandRow;

/** Commands that ask for something. Whoever asked takes them away with their answers. */
const questions: readonly string[] = ['dryRunObjects'];

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
  /** Keeps what an agent answers to a question that was sent to this cluster and has not ended. */
  answer: async (clusterId: string, id: string, answer: string): Promise<void> => {
    await db
      .updateTable('clusterCommands')
      .set({ answer })
      .where('id', '=', id)
      .where('clusterId', '=', clusterId)
      .where('kind', 'in', questions)
      .where('status', 'not in', ['pending', ...ended])
      .execute();
  },
  /** How many questions an agent is busy with. */
  questionsOpen: async (clusterId: string, now: number): Promise<number> => {
    const rows = await db
      .selectFrom('clusterCommands')
      .select('id')
      .where('clusterId', '=', clusterId)
      .where('kind', 'in', questions)
      .where('status', 'not in', ended)
      .where('expiresAt', '>', now)
      .execute();
    return rows.length;
  },
  /** Those of them that are there still. */
  these: async (ids: readonly string[]): Promise<readonly ClusterCommand[]> =>
    db.selectFrom('clusterCommands').selectAll().where('id', 'in', ids).execute(),
  remove: async (ids: readonly string[]): Promise<void> => {
    await db.deleteFrom('clusterCommands').where('id', 'in', ids).execute();
  },
  /** Questions that nobody waits for any more: whoever asked has died. */
  removeExpiredQuestions: async (now: number): Promise<void> => {
    await db
      .deleteFrom('clusterCommands')
      .where('kind', 'in', questions)
      .where('expiresAt', '<=', now)
      .execute();
  },
});
