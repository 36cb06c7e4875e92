import * as http from 'node:http';
import * as https from 'node:https';
import { createInterface } from 'node:readline';
import type { KubeObject } from '../domain/drift/drift.ts';
import type { KubeAccess } from './kube-access.ts';

/** The API server of a cluster. Every call may throw a `KubeError`. */
export interface KubeApi {
  readonly get: (path: string) => Promise<KubeObject>;
  /** All objects of a collection, read a page at a time. */
  readonly list: (path: string) => Promise<readonly KubeObject[]>;
  /** How many there are, without reading them. */
  readonly count: (path: string) => Promise<number>;
  /** Changes an object: the only call that does. */
  readonly patch: (path: string, patch: Patch) => Promise<KubeObject>;
  /** What applying an object on the server would answer. Always a dry run: nothing is ever saved under the manager. */
  readonly dryRun: (path: string, manager: string, object: unknown) => Promise<KubeObject>;
  /** Yields at each change of a collection until the server ends it, which it does now and then, or the signal does. */
  readonly changes: (path: string, signal: AbortSignal) => AsyncGenerator<void>;
  readonly close: () => void;
}

export interface Patch {
  readonly type: 'application/merge-patch+json';
  readonly body: unknown;
}

/** The API server said no, or nothing. `status` 0: it could not be reached. */
export class KubeError extends Error {
  readonly status: number;
  /** What it said itself; empty when it said nothing. */
  readonly words: string;

  constructor(status: number, message: string, words = '') {
    super(message);
    this.name = 'KubeError';
    this.status = status;
    this.words = words;
  }
}

/** Milliseconds without a byte after which a call is given up; a watch lives longer. */
const patience = 30_000;
/** Bytes of one answer. A page of 500 objects is far below. */
const largest = 64 * 1024 * 1024;
const page = 500;

interface Call {
  readonly method: 'GET' | 'PATCH';
  readonly path: string;
  readonly type?: string;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** Connects to an API server when it is first asked. */
export function openKubeApi(access: KubeAccess): KubeApi {
  const secure = access.server.startsWith('https:');
  const agent = secure
    ? new https.Agent({ keepAlive: true, maxSockets: 4, ...access.tls })
    : new http.Agent({ keepAlive: true, maxSockets: 4 });
  const answer = (call: Call): Promise<http.IncomingMessage> => send(access, agent, call);
  const json = async (call: Call): Promise<KubeObject> => readJson(call, await answer(call));
  const get = (path: string): Promise<KubeObject> => json({ method: 'GET', path });
  return {
    get,
    list: async (path) => {
      const items: KubeObject[] = [];
      let from = '';
      do {
        const part = await get(`${path}?limit=${page}${from && `&continue=${encodeURIComponent(from)}`}`);
        if (Array.isArray(part['items'])) items.push(...(part['items'] as KubeObject[]));
        from = metadataText(part, 'continue');
      } while (from !== '');
      return items;
    },
    count: async (path) => {
      const { items, metadata } = (await get(`${path}?limit=1`)) as {
        readonly items?: readonly unknown[];
        readonly metadata?: { readonly remainingItemCount?: number };
      };
      return (items?.length ?? 0) + (metadata?.remainingItemCount ?? 0);
    },
    patch: (path, { type, body }) => json({ method: 'PATCH', path, type, body: JSON.stringify(body) }),
    dryRun: (path, manager, object) =>
      json({
        method: 'PATCH',
        path: `${path}?dryRun=All&force=true&fieldManager=${encodeURIComponent(manager)}`,
        type: 'application/apply-patch+yaml',
        body: JSON.stringify(object),
      }),
    changes: async function* (path, signal) {
      const from = metadataText(await get(`${path}?limit=1`), 'resourceVersion');
      const query = `watch=1&timeoutSeconds=300&resourceVersion=${encodeURIComponent(from)}`;
      const stream = await answer({ method: 'GET', path: `${path}?${query}`, signal });
      // What changed is read anew from a list: a watch says when to look, and may miss things.
      for await (const line of createInterface({ input: stream })) if (line.trim() !== '') yield;
    },
    close: () => agent.destroy(),
  };
}

const metadataText = ({ metadata }: KubeObject, key: string): string => {
  const value = (metadata as Readonly<Record<string, unknown>> | undefined)?.[key];
  return typeof value === 'string' ? value : '';
};

function send(access: KubeAccess, agent: http.Agent, call: Call): Promise<http.IncomingMessage> {
  const { method, path, type, body, signal } = call;
  const authorization = access.authorization();
  const url = new URL(`${access.server}${path}`);
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const request = (url.protocol === 'https:' ? https : http).request(
    url,
    {
      agent,
      method,
      timeout: signal ? 0 : patience,
      headers: {
        accept: 'application/json',
        'user-agent': 'knowngood-agent',
        ...(authorization === undefined ? {} : { authorization }),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(signal ? { signal } : {}),
    },
    (response) => {
      const { statusCode: status = 0 } = response;
      if (status >= 200 && status < 300) resolve(response);
      else void refuseAnswer(call, response).catch(reject);
    },
  );
  request.on('timeout', () => request.destroy(new Error(`no answer for ${patience / 1000} seconds`)));
  request.on('error', (error) => reject(new KubeError(0, `${whereOf(call)}: ${error.message}`)));
  request.end(body);
  return promise;
}

/** A path without its query, as errors name it. */
const whereOf = ({ method, path }: Call): string => `${method} ${path.split('?', 1)[0]}`;

async function refuseAnswer(call: Call, response: http.IncomingMessage): Promise<never> {
  const { statusCode = 0 } = response;
  const said = await readJson(call, response).catch(() => ({}));
  const { message } = said as { readonly message?: unknown };
  const words = typeof message === 'string' ? message.slice(0, 100_000) : '';
  const text = words === '' ? '' : `: ${words.slice(0, 500)}`;
  throw new KubeError(statusCode, `${whereOf(call)} answered ${statusCode}${text}`, words);
}

async function readJson(call: Call, response: http.IncomingMessage): Promise<KubeObject> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largest) throw new Error(`the answer is larger than ${largest} bytes`);
      chunks.push(chunk);
    }
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as KubeObject;
    throw new Error('the answer is no object');
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'the answer is not JSON' : (error as Error).message;
    throw new KubeError(0, `${whereOf(call)}: ${reason}`);
  }
}
