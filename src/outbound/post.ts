import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';
import type { Resolve } from './address-guard.ts';
import { OutboundError } from './outbound-error.ts';
import { type AllowedNetworks, dialTarget, readTarget } from './read-target.ts';

export interface PostRules extends AllowedNetworks {
  /** Milliseconds for everything, from the name to the end of the answer. */
  readonly timeout: number;
  /** The machine's resolver unless given. */
  readonly resolve?: Resolve | undefined;
  /** Ends the call early. */
  readonly signal?: AbortSignal | undefined;
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

/** Bytes of an answer that are read: a receiver may be slow to take a closed connection. */
const answerBytes = 64 * 1024;
/** Bytes of it that are kept. */
const keptBytes = 1024;

/**
 * Sends one message and gives the answer, always 2xx. The name is asked for once and the checked address is the one
 * dialled, so that a second, different answer of a name server is of no use. Redirects are not followed. Throws
 * `OutboundError`.
 */
export async function post(message: Message, rules: PostRules): Promise<PostAnswer> {
  const answer = await sendInTime(message, rules);
  const { status } = answer;
  if (status >= 200 && status < 300) return answer;
  if (status >= 300 && status < 400)
    throw new OutboundError('redirected', `answered ${status}; redirects are not followed`, answer);
  throw new OutboundError('answer_failed', `answered ${status}`, answer);
}

async function sendInTime(message: Message, rules: PostRules): Promise<PostAnswer> {
  const timeout = AbortSignal.timeout(rules.timeout);
  const signal = rules.signal ? AbortSignal.any([timeout, rules.signal]) : timeout;
  const ended = Promise.withResolvers<never>();
  const end = (): void => {
    ended.reject(
      timeout.aborted
        ? new OutboundError('timed_out', `no answer within ${rules.timeout / 1000} seconds`)
        : new OutboundError('stopped', 'this server stopped'),
    );
  };
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  try {
    return await Promise.race([ended.promise, sendChecked(message, rules, signal)]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

async function sendChecked(message: Message, rules: PostRules, signal: AbortSignal): Promise<PostAnswer> {
  const url = readTarget(message.url, rules);
  const address = await dialTarget(url, rules);
  return send(url, address, { ...message, signal });
}

function send(
  url: URL,
  address: string,
  message: Message & { readonly signal: AbortSignal },
): Promise<PostAnswer> {
  const { body, headers, signal } = message;
  const client = url.protocol === 'https:' ? https : http;
  // An agent of its own: a kept connection, or a proxy from the environment, would go to an unchecked address.
  const options: https.RequestOptions = {
    method: 'POST',
    agent: false,
    signal,
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    lookup: (_host, { all }, done) => {
      const family = isIP(address);
      if (all === true) done(null, [{ address, family }]);
      else done(null, address, family);
    },
  };
  return new Promise((fulfil, reject) => {
    const request = client.request(url, options, (answer) => {
      const kept: Buffer[] = [];
      let bytes = 0;
      const finish = (): void => {
        fulfil({ status: answer.statusCode ?? 0, text: beginningOf(kept) });
        request.destroy();
      };
      answer.on('data', (chunk: Buffer) => {
        if (bytes < keptBytes) kept.push(chunk);
        bytes += chunk.length;
        if (bytes > answerBytes) finish();
      });
      answer.on('end', finish);
      answer.on('error', finish);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? 'the connection failed';
      reject(new OutboundError('unreachable', `could not be reached: ${reason}`));
    });
    request.end(body);
  });
}

/** Characters that move a cursor or hide text are written out; half a character at the cut is left away. */
const beginningOf = (chunks: readonly Buffer[]): string =>
  Buffer.concat(chunks)
    .subarray(0, keptBytes)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, (sign) =>
      sign === '\n' ? sign : `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
    );
