import { lookup } from 'node:dns/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';
import { OutboundError } from './outbound-error.ts';
import { type AllowedNetworks, checkAddresses, hostOf, readTarget } from './read-target.ts';

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface PostRules extends AllowedNetworks {
  /** Milliseconds for everything, from the name to the end of the answer. */
  readonly timeout: number;
  /** The machine's resolver unless given. */
  readonly resolve?: Resolve | undefined;
}

export interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Bytes of an answer that are read; nobody looks at them, but a receiver may be slow to take a closed connection. */
const answerBytes = 64 * 1024;

const resolveHere: Resolve = async (host) =>
  (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address);

/**
 * Sends one message and answers the status, always 2xx. The name is asked for once and the checked address is the one
 * dialled, so that a second, different answer of a name server is of no use. Redirects are not followed. Throws
 * `OutboundError`.
 */
export async function post(message: Message, rules: PostRules): Promise<number> {
  const signal = AbortSignal.timeout(rules.timeout);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new OutboundError('timed_out', `no answer within ${rules.timeout / 1000} seconds`));
    });
  });
  const status = await Promise.race([late, sendChecked(message, rules, signal)]);
  if (status >= 200 && status < 300) return status;
  if (status >= 300 && status < 400)
    throw new OutboundError('redirected', `answered ${status}; redirects are not followed`, status);
  throw new OutboundError('answer_failed', `answered ${status}`, status);
}

async function sendChecked(message: Message, rules: PostRules, signal: AbortSignal): Promise<number> {
  const url = readTarget(message.url, rules);
  const address = await checkedAddress(url, rules);
  return send(url, address, { ...message, signal });
}

async function checkedAddress(url: URL, rules: PostRules): Promise<string> {
  const host = hostOf(url);
  const resolve = rules.resolve ?? resolveHere;
  const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
  checkAddresses(url, addresses, rules);
  return addresses[0] ?? '';
}

function send(
  url: URL,
  address: string,
  message: Message & { readonly signal: AbortSignal },
): Promise<number> {
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
      let bytes = 0;
      const finish = (): void => {
        fulfil(answer.statusCode ?? 0);
        request.destroy();
      };
      answer.on('data', (chunk: Buffer) => {
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
