import { Webhook } from 'standardwebhooks';

export interface DeliveryText {
  /** The same for each repetition: receivers tell by it what they have seen. */
  readonly id: string;
  /** Epoch milliseconds of this attempt. */
  readonly at: number;
  readonly body: string;
}

/** The headers of a delivery as Standard Webhooks has them; `secret` is `whsec_` and base64. */
export function signDelivery({ id, at, body }: DeliveryText, secret: string): Record<string, string> {
  const time = new Date(at);
  return {
    'content-type': 'application/json',
    'user-agent': 'knowngood-webhooks',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, time, body),
  };
}
