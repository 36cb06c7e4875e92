import { nextAttempt } from '../../domain/event/retry-delay.ts';
import type { AfterAttempt, Delivery, DeliveryAttempt } from '../../store/deliveries.ts';
import type { Job } from '../../store/outbox.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { systemActor } from '../system-actor.ts';
import { type DeliveryJob, dropWaiting } from './queue-delivery.ts';
import { hostOfWebhook } from './webhook-url.ts';

export interface Attempted {
  readonly job: Job<DeliveryJob>;
  readonly delivery: Delivery;
  readonly attempt: DeliveryAttempt;
}

/** A receiver that answers so wants nothing any more. */
const gone = 410;

/** Writes down an attempt and what follows from it, unless somebody else has the job by now. */
export async function saveAttempt(hub: Hub, attempted: Attempted): Promise<void> {
  await saveChange(hub, async (tx) => {
    const { delivery, attempt } = attempted;
    const after = afterOf(attempted, hub.clock());
    if (!(await settleJob(hub, tx, { ...attempted, after }))) return;
    await tx.deliveries.tried(delivery.id, attempt, after);
    if (attempt.status === gone) await switchOff(hub, tx, delivery.webhookId);
  });
}

function afterOf({ job, attempt: { error, status } }: Attempted, now: number): AfterAttempt {
  if (error === undefined) return { state: 'delivered', finishedAt: now };
  const nextAt = status === gone ? undefined : nextAttempt(job.attempts, { since: job.createdAt, now });
  return nextAt === undefined ? { state: 'failed', finishedAt: now } : { state: 'pending', nextAt };
}

/** The job goes, waits, or is kept as one that was given up. */
async function settleJob(
  { instance }: Hub,
  tx: TransactionTables,
  { job, attempt: { error }, after }: Attempted & { readonly after: AfterAttempt },
): Promise<boolean> {
  if (error === undefined || after.state === 'delivered') return tx.outbox.done(job.id, instance);
  if (after.state === 'pending')
    return tx.outbox.failed(job.id, instance, { error, now: job.createdAt, runAt: after.nextAt });
  return tx.outbox.failed(job.id, instance, { error, now: after.finishedAt, runAt: undefined });
}

async function switchOff(hub: Hub, tx: TransactionTables, webhookId: string): Promise<void> {
  const webhook = await tx.webhooks.get(webhookId);
  if (!webhook?.enabled) return;
  const { name, projectId } = webhook;
  const at = hub.clock();
  await tx.webhooks.change({ ...webhook, enabled: false });
  await dropWaiting(tx, webhookId, at);
  await recordChange(tx, systemActor, {
    at,
    action: 'webhook.changed',
    object: { type: 'webhook', id: webhookId },
    projectId,
    details: {
      changed: ['enabled'],
      name,
      host: hostOfWebhook(hub, webhook),
      enabled: false,
      reason: `answered ${gone}`,
    },
  });
}
