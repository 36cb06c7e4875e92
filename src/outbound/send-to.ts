import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';
import { OutboundError } from './outbound-error.ts';

/** One request to an address that was checked. */
export interface Call {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
  /** Bytes of the answer that are kept. */
  readonly keep: number;
  /** Gets an answer of 200 piece by piece, instead of its beginning being kept; false ends it. */
  readonly take?: ((piece: Buffer) => boolean) | undefined;
}

/** What came back, whatever its status. */
export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** The beginning. */
  readonly body: Buffer;
  /** The answer was read to its end. */
  readonly whole: boolean;
}

/** Bytes of an answer that are read: a receiver may be slow to take a closed connection. */
const answerBytes = 64 * 1024;

/**
 * Asks a URL at this address, whatever the name server says by now, and follows no redirect. Throws `unreachable`.
 */
export function sendTo(url: URL, address: string, call: Call): Promise<Reply> {
  const { method, body = '', headers, signal, keep, take } = call;
  const client = url.protocol === 'https:' ? https : http;
  // An agent of its own: a kept connection, or a proxy from the environment, would go to an unchecked address.
  const options: https.RequestOptions = {
    method,
    agent: false,
    signal,
    headers:
      method === 'POST' ? { ...headers, 'content-length': String(Buffer.byteLength(body)) } : { ...headers },
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
      const { statusCode: status = 0, headers } = answer;
      const finish = (whole: boolean) => (): void => {
        fulfil({ status, headers, body: Buffer.concat(kept).subarray(0, keep), whole });
        request.destroy();
      };
      const cut = finish(false);
      answer.on('data', (chunk: Buffer) => {
        if (status === 200 && take) {
          if (!take(chunk)) cut();
          return;
        }
        if (bytes < keep) kept.push(chunk);
        bytes += chunk.length;
        if (bytes > answerBytes) cut();
      });
      answer.on('end', finish(true));
      answer.on('error', cut);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? 'the connection failed';
      reject(new OutboundError('unreachable', `could not be reached: ${reason}`));
    });
    request.end(body);
  });
}
