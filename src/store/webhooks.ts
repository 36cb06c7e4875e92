import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

export interface WebhookRow {
  readonly id: string;
  readonly projectId: string | null;
  readonly url: string;
  readonly events: string;
  readonly sealedSecret: string;
  readonly enabled: number;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: number;
}
export interface DeliveryRow {
  readonly id: string;
  readonly webhookId: string;
  readonly event: string;
  readonly payload: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly status: number | null;
  readonly answer: string | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
}

/** Where events are sent to. Without a project: those of all projects. */
export interface Webhook {
  readonly id: string;
  readonly projectId: string | undefined;
  readonly url: string;
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
  list: async (): Promise<readonly Webhook[]> => {
    const rows = await db.selectFrom('webhooks').selectAll().orderBy('id').execute();
    return rows.map(webhookFrom);
  },
  /** Enabled ones that an event of this project goes to. */
  hearing: async (projectId: string | undefined, event: string): Promise<readonly Webhook[]> => {
    const rows = await db
      .selectFrom('webhooks')
      .selectAll()
      .where('enabled', '=', 1)
      .where((eb) => eb.or([eb('projectId', 'is', null), eb('projectId', '=', projectId ?? '')]))
      .orderBy('id')
      .execute();
    return rows.map(webhookFrom).filter(({ events }) => events.includes(event) || events.includes('*'));
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
