import { createHash, randomUUID } from 'node:crypto';
import type { AskedOnce } from '../domain/people/actor.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { failPoint } from '../std/fail-point.ts';

/** One use of an Idempotency-Key. The store's row has the same shape. */
export interface IdempotentCall extends AskedOnce {
  /** A hash of method, address and body. */
  readonly fingerprint: string;
}

export interface KeptReply {
  readonly status: number;
  readonly body: string;
}

/** Where keys are remembered; the clock and the times are the store's business. */
export interface IdempotencyKeys {
  /** `changed`: a call before this one has made the change of this audit entry, and was never heard of again. */
  readonly start: (
    call: IdempotentCall,
  ) => Promise<
    | { readonly kind: 'started' | 'in_flight' | 'mismatch' }
    | { readonly kind: 'changed'; readonly seq: number }
    | { readonly kind: 'finished'; readonly reply: KeptReply }
  >;
  readonly finish: (once: AskedOnce, reply: KeptReply) => Promise<unknown>;
  /** Lets go of a key: it is free when nothing was changed; else `reply` is kept, or the next call finds one. */
  readonly letGo: (once: AskedOnce, reply?: KeptReply) => Promise<unknown>;
}

/** How one operation is done, and answered again from what was saved when its first answer was lost. */
export interface Work {
  readonly first: (once: AskedOnce | undefined) => Promise<KeptReply>;
  readonly again: (seq: number) => Promise<KeptReply>;
  /** The reply to a refusal that came after a change, such as a vote that is saved and a commit that failed. */
  readonly refused: (refusal: Refusal) => KeptReply;
  /** The answer holds a secret: it is shown once and never kept. */
  readonly secret: boolean;
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
  return { client, key, fingerprint, holder: randomUUID() };
}

/**
 * Does `work` once for each key. A repetition gets the first reply word for word; a reply with a secret is not kept,
 * so its repetition is told that the work was done. What was refused without a change may be repeated. A change is
 * noted with its key in one transaction: whoever asks again after its server died is answered from what was saved.
 */
export async function doOnce(
  keys: IdempotencyKeys,
  call: IdempotentCall | undefined,
  work: Work,
): Promise<KeptReply & { readonly replayed: boolean }> {
  if (call === undefined) return { ...(await work.first(undefined)), replayed: false };
  const answer = await keys.start(call);
  if (answer.kind === 'in_flight') throw new Refusal('in_flight');
  if (answer.kind === 'mismatch') throw new Refusal('idempotency_mismatch');
  if (answer.kind === 'finished') {
    if (work.secret && answer.reply.status < 400) throw new Refusal('answer_shown_once');
    return { ...answer.reply, replayed: true };
  }
  const { fingerprint: _fingerprint, ...once } = call;
  const replayed = answer.kind === 'changed';
  if (replayed && work.secret) {
    await keys.letGo(once);
    throw new Refusal('answer_shown_once');
  }
  try {
    const reply = await (answer.kind === 'changed' ? work.again(answer.seq) : work.first(once));
    await failPoint('http.reply.made');
    await keys.finish(once, work.secret ? { status: reply.status, body: '' } : reply);
    return { ...reply, replayed };
  } catch (error) {
    const settled = !replayed && error instanceof Refusal && error.kind !== 'unavailable';
    // A key that cannot be let go is taken over later; what went wrong first is what to tell.
    await keys.letGo(once, settled ? work.refused(error) : undefined).catch(() => undefined);
    throw error;
  }
}
