import {
  type UseMutationResult,
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { CallArguments, CallInput } from '../../src/contract/client.ts';
import type { IdsAnswering, OperationId, ResultOf } from '../../src/contract/operations.ts';
import { client } from './client.ts';
import { refresh } from './events.ts';
import { randomKey } from './random-key.ts';

/** Operations that answer with JSON and change nothing. */
type Readable = IdsAnswering<'json'>;

/** What a query is kept under: the operation and its input, so that an event can say whose answer is old. */
export type QueryKey = readonly [OperationId, unknown?];

/** Options for `useQuery` that call one operation. */
export const apiQuery = <Id extends Readable>(id: Id, ...input: CallArguments<Id>) =>
  queryOptions({
    queryKey: [id, input[0]] as QueryKey,
    queryFn: () => client.call(id, ...input),
  });

/** The same for answers that never change, such as what differs between two commits named by their full ids. */
export const fixedQuery = <Id extends Readable>(id: Id, ...input: CallArguments<Id>) =>
  queryOptions({ ...apiQuery(id, ...input), staleTime: Infinity, meta: { fixed: true } });

/** Operations that answer with a page of a list. */
type Paged = {
  [Id in Readable]: ResultOf<Id> extends { readonly nextCursor: string | null } ? Id : never;
}[Readable];

interface PagedInput {
  readonly params?: object;
  readonly query?: object;
}

/** Options for `useInfiniteQuery` that walk through the pages of a list. */
export const pagedQuery = <Id extends Paged>(id: Id, input: PagedInput & Partial<CallInput<Id>>) =>
  infiniteQueryOptions({
    queryKey: [id, input, 'pages'] as readonly unknown[],
    queryFn: ({ pageParam }) => {
      const query = pageParam === undefined ? input.query : { ...input.query, cursor: pageParam };
      return client.call(id, ...([{ ...input, query }] as unknown as CallArguments<Id>));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) =>
      (last as unknown as { readonly nextCursor: string | null }).nextCursor ?? undefined,
  });

/**
 * A change, with an idempotency key of its own for each press of the button, so that a retry never does it twice.
 * When it is done, everything that is shown is asked for again.
 */
export function useChange<Id extends IdsAnswering<'json' | 'none'>>(
  id: Id,
): UseMutationResult<ResultOf<Id>, Error, CallInput<Id>> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: CallInput<Id>) =>
      client.call(id, ...([{ idempotencyKey: randomKey(), ...input }] as unknown as CallArguments<Id>)),
    onSettled: () => refresh(queries),
  });
}
