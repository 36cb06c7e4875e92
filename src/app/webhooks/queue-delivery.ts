import type { TransactionTables } from '../../store/tables.ts';
import type { Delivery } from '../../store/deliveries.ts';

/** What has to be sent: the delivery has the rest. */
export interface DeliveryJob {
  readonly deliveryId: string;
}

/** The topic of the outbox under which deliveries wait. */
export const deliveryTopic = 'delivery';

/** Events go to one webhook one after the other; a receiver that is away holds up nobody else. */
export const laneOf = (webhookId: string): string => `webhook/${webhookId}`;

/** What a person asks for by hand waits for nothing that went before. */
export const ownLaneOf = ({ id, webhookId }: Pick<Delivery, 'id' | 'webhookId'>): string =>
  `${laneOf(webhookId)}/${id}`;

export type NewDelivery = Pick<Delivery, 'id' | 'webhookId' | 'event' | 'payload' | 'createdAt'>;

/** Writes down a delivery and the job to send it, in the transaction of what it tells about. */
export async function queueDelivery(
  tx: TransactionTables,
  delivery: NewDelivery,
  lane: string,
): Promise<void> {
  await tx.deliveries.add(delivery);
  await queueJob(tx, { deliveryId: delivery.id }, { lane, at: delivery.createdAt });
}

/** The job alone, for a delivery that is there. */
export const queueJob = (
  tx: TransactionTables,
  payload: DeliveryJob,
  { lane, at }: { readonly lane: string; readonly at: number },
): Promise<void> => tx.outbox.add({ topic: deliveryTopic, lane, payload, at });

/** Gives up whatever waits for a webhook. */
export async function dropWaiting(tx: TransactionTables, webhookId: string, now: number): Promise<void> {
  await tx.deliveries.giveUp(webhookId, now);
  await tx.outbox.drop(laneOf(webhookId));
}
