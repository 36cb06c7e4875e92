import type { Webhook } from '../../store/webhooks.ts';
import type { Hub } from '../hub.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { OutboundError } from '../../outbound/outbound-error.ts';
import { type AllowedNetworks, dialTarget, readTarget } from '../../outbound/read-target.ts';

/**
 * Throws `webhook_url` for an address that nothing would be sent to. It is asked again at each delivery: a name may
 * lead elsewhere by then.
 */
export async function checkWebhookUrl(url: string, rules: AllowedNetworks): Promise<void> {
  try {
    await dialTarget(readTarget(url, rules), rules);
  } catch (error) {
    throw error instanceof OutboundError ? new Refusal('webhook_url', { reason: error.message }) : error;
  }
}

/** Whose text it is, so that no sealed secret of the same webhook passes for its address. */
const about = (webhookId: string): string => `url of ${webhookId}`;

export const sealWebhookUrl = ({ seal }: Pick<Hub, 'seal'>, webhookId: string, url: string): string =>
  seal.close(url, about(webhookId));

/** Throws `secret_unreadable` when it was sealed with another key. */
export const openWebhookUrl = (
  { seal }: Pick<Hub, 'seal'>,
  { id, sealedUrl }: Pick<Webhook, 'id' | 'sealedUrl'>,
): string => seal.open(sealedUrl, about(id));

/** False for one from the time when addresses were kept as they were typed. */
export const isSealedUrl = (text: string): boolean => !/^https?:/i.test(text);

/** The address as it is shown again: what stands after `?`, and who is named before the host, stays hidden. */
export function shownUrl(text: string): string {
  const url = new URL(text);
  const named = url.username !== '' || url.password !== '';
  if (!named && url.search === '' && url.hash === '') return text;
  const query = url.search === '' && url.hash === '' ? '' : '?***';
  return `${url.protocol}//${named ? '***@' : ''}${url.host}${url.pathname}${query}`;
}

/** What may be said of an address: chat services put a secret in its path. */
export const shownHost = (url: string): string => new URL(url).host;

/** The same of a webhook's own; null when it cannot be opened, for a webhook can always be given up. */
export function hostOfWebhook(hub: Pick<Hub, 'seal'>, webhook: Webhook): string | null {
  try {
    return shownHost(openWebhookUrl(hub, webhook));
  } catch {
    return null;
  }
}
