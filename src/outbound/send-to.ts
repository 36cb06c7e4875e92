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
}

/** What came back, whatever its status. */
export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** The beginning. */
  readonly body: Buffer;
}

/** Bytes of an answer that are read: a receiver may be slow to take a closed connection. */
const answerBytes = 64 * 1024;

/**
 * Asks a URL at this address, whatever the name server says by now, and follows no redirect. Throws `unreachable`.
 */
export function sendTo(url: URL, address: string, call: Call): Promise<Reply> {
  const { method, body = '', headers, signal, keep } = call;
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
      const finish = (): void => {
        const { statusCode = 0, headers } = answer;
        fulfil({ status: statusCode, headers, body: Buffer.concat(kept).subarray(0, keep) });
        request.destroy();
      };
      answer.on('data', (chunk: Buffer) => {
        if (bytes < keep) kept.push(chunk);
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
