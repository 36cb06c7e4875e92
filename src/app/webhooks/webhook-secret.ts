import { randomBytes } from 'node:crypto';
import type { Webhook } from '../../store/webhooks.ts';
import type { Hub } from '../hub.ts';

/** A new signing secret of 256 bits as Standard Webhooks writes it, and sealed for the webhook of this id. */
export function newWebhookSecret(
  { seal }: Pick<Hub, 'seal'>,
  webhookId: string,
): { readonly secret: string; readonly sealedSecret: string } {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  return { secret, sealedSecret: seal.close(secret, webhookId) };
}

/** Throws `secret_unreadable` when it was sealed with another key. */
export const openWebhookSecret = (
  { seal }: Pick<Hub, 'seal'>,
  { id, sealedSecret }: Pick<Webhook, 'id' | 'sealedSecret'>,
): string => seal.open(sealedSecret, id);
