import { recordChange } from '../../src/app/audit/record-change.ts';
import { saveChange } from '../../src/app/audit/save-change.ts';
import { systemActor } from '../../src/app/system-actor.ts';
import { type WebhookInput, createWebhook } from '../../src/app/webhooks/create-webhook.ts';
import { sendDelivery, takeDeliveries } from '../../src/app/webhooks/send-delivery.ts';
import { tellWebhooks } from '../../src/app/webhooks/tell-webhooks.ts';
import type { AuditAction } from '../../src/domain/audit/audit-action.ts';
import type { Hub } from '../../src/app/hub.ts';
import { type TestHub, person } from './hub.ts';

/** A webhook that an admin makes for this receiver, with its secret. */
export async function addHook(
  hub: TestHub,
  { url }: { readonly url: string },
  input: Partial<WebhookInput> = {},
): Promise<{ readonly id: string; readonly secret: string }> {
  const admin = await person(hub, `maker-${hub.newId('usr_')}`, { role: 'admin' });
  const wish = { name: 'incidents', project: null, events: ['*'], ...input, url };
  const { view, secret = '' } = await createWebhook(hub, admin, wish);
  return { id: view.webhook.id, secret };
}

/** Something happens that webhooks hear of. */
export const happen = (hub: Hub, action: AuditAction, projectId?: string): Promise<unknown> =>
  saveChange(hub, (tx) =>
    recordChange(tx, systemActor, {
      at: hub.clock(),
      action,
      object: { type: 'x', id: 'obj_1' },
      projectId,
    }),
  );

const never = new AbortController().signal;

/** Sends all that is due at this moment, and what becomes due by that; how many calls that were. */
export async function sendDue(hub: Hub): Promise<number> {
  await tellWebhooks(hub);
  for (let sent = 0; ;) {
    const jobs = await takeDeliveries(hub, 32);
    if (jobs.length === 0) return sent;
    await Promise.all(jobs.map((job) => sendDelivery(hub, job, never)));
    sent += jobs.length;
  }
}
