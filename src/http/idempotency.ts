import { createHash } from 'node:crypto';
import { Refusal } from '../domain/refusal/refusal.ts';

/** One use of an Idempotency-Key. The store's row has the same shape. */
export interface IdempotentCall {
  /** Whose key it is: the account. Keys of different clients never meet. */
  readonly client: string;
  readonly key: string;
  /** A hash of method, address and body. */
  readonly fingerprint: string;
}

export interface KeptReply {
  readonly status: number;
  readonly body: string;
}

/** Where keys are remembered; the clock and the times are the store's business. */
export interface IdempotencyKeys {
  readonly start: (
    call: IdempotentCall,
  ) => Promise<
    | { readonly kind: 'started' | 'in_flight' | 'mismatch' }
    | { readonly kind: 'finished'; readonly reply: KeptReply }
  >;
  readonly finish: (call: IdempotentCall, reply: KeptReply) => Promise<unknown>;
  /** Gives the key free again; a key that has its reply stays. */
  readonly abandon: (call: IdempotentCall) => Promise<unknown>;
}

const LIMIT_KEY = 255;

/** The call behind a key; undefined when no key was sent. Throws `idempotency_key_malformed`. */
export function idempotentCall(
  key: string | undefined,
  client: string,
  request: { readonly method: string; readonly url: string; readonly body: Uint8Array },
): IdempotentCall | undefined {
  if (key === undefined) return undefined;
  if (!/^[\u0021-\u007e]{1,255}$/.test(key))
    throw new Refusal('idempotency_key_malformed', { limit: LIMIT_KEY });
  const fingerprint = createHash('sha256')
    .update(`${request.method} ${request.url}\n`)
    .update(request.body)
    .digest('hex');
  return { client, key, fingerprint };
}

/**
 * Does `work` once for each key. A repetition gets the first reply word for word; a reply with a secret is not kept,
 * so its repetition is told that the work was done. What was refused changed nothing and may be repeated.
 */
export async function doOnce(
  keys: IdempotencyKeys,
  call: IdempotentCall | undefined,
  work: () => Promise<KeptReply>,
  secret: boolean,
): Promise<KeptReply & { readonly replayed: boolean }> {
  if (call === undefined) return { ...(await work()), replayed: false };
  const answer = await keys.start(call);
  if (answer.kind === 'in_flight') throw new Refusal('in_flight');
  if (answer.kind === 'mismatch') throw new Refusal('idempotency_mismatch');
  if (answer.kind === 'finished') {
    if (secret) throw new Refusal('answer_shown_once');
    return { ...answer.reply, replayed: true };
  }
  let reply: KeptReply;
  try {
    reply = await work();
  } catch (error) {
    await keys.abandon(call);
    throw error;
  }
  await keys.finish(call, secret ? { status: reply.status, body: '' } : reply);
  return { ...reply, replayed: false };
}
