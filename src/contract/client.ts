import type { z } from 'zod';
import { ApiError, readError } from './api-error.ts';
import { apiPrefix } from './operation.ts';
import { operationOf } from './operations.ts';
import type { IdsAnswering, OperationId, Operations, ResultOf } from './operations.ts';

/** As much of the platform's `fetch` as the client uses; the caller may wrap it for time limits and proxies. */
export type Fetch = (
  url: string,
  init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string },
) => Promise<FetchAnswer>;

interface FetchAnswer {
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly text: () => Promise<string>;
}

export interface ClientOptions {
  /** Where the server is, without `/api/v2`; empty in a page that the server itself sent. */
  readonly server: string;
  readonly fetch: Fetch;
  /** Asked before each call: the Authorization header, a user agent, … */
  readonly headers?: () => Readonly<Record<string, string>>;
}

type Input<T> = T extends z.ZodType ? z.input<T> : never;
type Needs<Op, Name extends string> =
  Op extends Readonly<Record<Name, infer S>> ? { readonly [K in Name]: Input<S> } : unknown;
type May<Op, Name extends string> =
  Op extends Readonly<Record<Name, infer S>> ? { readonly [K in Name]?: Input<S> } : unknown;

/** What a call is given: the parts that its row of the table has. */
export type CallInput<Id extends OperationId> = Needs<Operations[Id], 'params'> &
  (Id extends NeedsQuery ? Needs<Operations[Id], 'query'> : May<Operations[Id], 'query'>) &
  Needs<Operations[Id], 'body'> & { readonly idempotencyKey?: string };

/** Operations that cannot be called with an empty query. */
type NeedsQuery = {
  [Id in OperationId]: Operations[Id] extends { readonly query: infer S }
    ? Partial<Input<S>> extends Input<S>
      ? never
      : Id
    : never;
}[OperationId];

/** The input of a call, which may be left out when nothing of it is needed. */
export type CallArguments<Id extends OperationId> =
  Partial<CallInput<Id>> extends CallInput<Id> ? [input?: CallInput<Id>] : [input: CallInput<Id>];

/** Calls any operation of the table; every answer that is no success becomes an `ApiError`. */
export interface Client {
  readonly call: <Id extends IdsAnswering<'json' | 'none'>>(
    id: Id,
    ...input: CallArguments<Id>
  ) => Promise<ResultOf<Id>>;
  /** The text of an export or a page. */
  readonly text: <Id extends IdsAnswering<'text'>>(id: Id, ...input: CallArguments<Id>) => Promise<string>;
  /** The address of an operation, for links and for event streams. */
  readonly url: <Id extends OperationId>(id: Id, ...input: CallArguments<Id>) => string;
}

interface LooseInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The path and query of a call, every part encoded. */
export function addressOf(id: OperationId, input: LooseInput = {}): string {
  const path = operationOf(id).path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(textOf(input.params?.[name] ?? '')),
  );
  const query = Object.entries(input.query ?? {})
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(textOf(value))}`);
  return `${apiPrefix}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/** A typed client over any `fetch`. It keeps nothing: credentials come from `headers` or from the browser's cookies. */
export function createClient({ server, fetch, headers }: ClientOptions): Client {
  const send = async (id: OperationId, input: LooseInput = {}): Promise<string> => {
    const answer = await fetch(`${server.replace(/\/+$/, '')}${addressOf(id, input)}`, {
      method: operationOf(id).method,
      headers: {
        accept: 'application/json, */*;q=0.5',
        ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(input.idempotencyKey === undefined ? {} : { 'idempotency-key': input.idempotencyKey }),
        ...headers?.(),
      },
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    });
    const body = await answer.text();
    if (answer.status < 200 || answer.status > 299)
      throw readError(answer.status, body, answer.headers.get('retry-after'));
    return body;
  };
  return {
    call: async (id, ...[input]) => {
      const { answer } = operationOf(id);
      const body = await send(id, input);
      if (answer.kind !== 'json') return undefined as never;
      const parsed = answer.schema.safeParse(parseJson(body));
      if (!parsed.success)
        throw new ApiError(200, {
          code: 'answer_malformed',
          message: `the server sent something that is no answer to ${id}`,
        });
      return parsed.data as never;
    },
    text: (id, ...[input]) => send(id, input),
    url: (id, ...[input]) => `${server.replace(/\/+$/, '')}${addressOf(id, input)}`,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
