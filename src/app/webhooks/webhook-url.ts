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

/** What may be said of an address: chat services put a secret in its path. */
export const shownHost = (url: string): string => new URL(url).host;
