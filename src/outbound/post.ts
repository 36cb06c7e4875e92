import type { Resolve } from './address-guard.ts';
import { type Patience, inTime } from './in-time.ts';
import { OutboundError } from './outbound-error.ts';
import { type AllowedNetworks, dialTarget, readTarget } from './read-target.ts';
import { sendTo } from './send-to.ts';

/** Where it may go, and how long it may take from the name to the end of the answer. */
export interface PostRules extends AllowedNetworks, Patience {
  /** The machine's resolver unless given. */
  readonly resolve?: Resolve | undefined;
}

export interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PostAnswer {
  readonly status: number;
  /** The first 1 KiB of what the receiver said, with control characters written out as `\u{…}`. */
  readonly text: string;
}

/** Bytes of an answer that are kept. */
const keptBytes = 1024;

/**
 * Sends one message and gives the answer, always 2xx. The name is asked for once and the checked address is the one
 * dialled, so that a second, different answer of a name server is of no use. Redirects are not followed. Throws
 * `OutboundError`.
 */
export async function post(message: Message, rules: PostRules): Promise<PostAnswer> {
  const answer = await inTime(rules, (signal) => sendChecked(message, rules, signal));
  const { status } = answer;
  if (status >= 200 && status < 300) return answer;
  if (status >= 300 && status < 400)
    throw new OutboundError('redirected', `answered ${status}; redirects are not followed`, answer);
  throw new OutboundError('answer_failed', `answered ${status}`, answer);
}

async function sendChecked(message: Message, rules: PostRules, signal: AbortSignal): Promise<PostAnswer> {
  const url = readTarget(message.url, rules);
  const address = await dialTarget(url, rules);
  const { headers, body } = message;
  const answer = await sendTo(url, address, { method: 'POST', headers, body, signal, keep: keptBytes });
  return { status: answer.status, text: beginningOf(answer.body) };
}

/** Characters that move a cursor or hide text are written out; half a character at the cut is left away. */
const beginningOf = (bytes: Buffer): string =>
  bytes
    .toString('utf8')
    .replace(/\uFFFD+$/, '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, (sign) =>
      sign === '\n' ? sign : `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
    );
