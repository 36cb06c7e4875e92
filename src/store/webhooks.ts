import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

export interface WebhookRow {
  readonly id: string;
  readonly name: string;
  readonly projectId: string | null;
  readonly sealedUrl: string;
  readonly events: string;
  readonly sealedSecret: string;
  readonly enabled: number;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: number;
}

/** Where events are sent to. Without a project: those of all projects. */
export interface Webhook {
  readonly id: string;
  readonly name: string;
  readonly projectId: string | undefined;
  /** The address, encrypted before it comes here: it can carry a token. */
  readonly sealedUrl: string;
  /** Patterns such as `request.*`. */
  readonly events: readonly string[];
  /** The signing secret, encrypted before it comes here. */
  readonly sealedSecret: string;
  readonly enabled: boolean;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: number;
}

const webhookFrom = (row: WebhookRow): Webhook => ({
  ...row,
  projectId: row.projectId ?? undefined,
  events: JSON.parse(row.events) as string[],
  enabled: row.enabled === 1,
});
const rowOf = (webhook: Webhook): WebhookRow => ({
  ...webhook,
  projectId: webhook.projectId ?? null,
  events: JSON.stringify(webhook.events),
  enabled: webhook.enabled ? 1 : 0,
});

export const webhooks = (db: Queries) => ({
  add: async (webhook: Webhook): Promise<void> => {
    await db.insertInto('webhooks').values(rowOf(webhook)).execute();
  },
  get: async (id: string): Promise<Webhook | undefined> => {
    const row = await db.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst();
    return row && webhookFrom(row);
  },
  /** Oldest first, after one; of one project when it is named. */
  list: async (page: {
    readonly projectId?: string | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  }): Promise<readonly Webhook[]> => {
    let query = db.selectFrom('webhooks').selectAll();
    if (page.projectId !== undefined) query = query.where('projectId', '=', page.projectId);
    if (page.after !== undefined) query = query.where('id', '>', page.after);
    return (await query.orderBy('id').limit(page.limit).execute()).map(webhookFrom);
  },
  /** Those that are switched on, oldest first. */
  enabled: async (): Promise<readonly Webhook[]> => {
    const rows = await db.selectFrom('webhooks').selectAll().where('enabled', '=', 1).orderBy('id').execute();
    return rows.map(webhookFrom);
  },
  change: async (webhook: Webhook): Promise<boolean> => {
    const { id, version, ...rest } = rowOf(webhook);
    return changedOne(
      await db
        .updateTable('webhooks')
        .set({ ...rest, version: version + 1 })
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirstOrThrow(),
    );
  },
  /** Its log of deliveries goes with it. */
  remove: async (id: string): Promise<boolean> =>
    changedOne(await db.deleteFrom('webhooks').where('id', '=', id).executeTakeFirstOrThrow()),
});
