import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { pagedQuery } from '../../api/queries.ts';

export type Hold = ResultOf<'getHold'>;

/** The holds of a project that are in force, as far as they are here. */
export interface HoldsInForce {
  /** Undefined before the first are here. */
  readonly holds: readonly Hold[] | undefined;
  /** Why there may be more than these. */
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** Asks for all holds of a project that are in force, page by page. */
export function useHolds(slug: string): HoldsInForce {
  const asked = pagedQuery('listHolds', { params: { slug }, query: { state: 'in_force', limit: 200 } });
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(asked);
  useEffect(() => {
    // After a failure somebody has to ask again: else it would be asked without end.
    if (hasNextPage && !isFetching && !error) void fetchNextPage();
  }, [hasNextPage, isFetching, error, fetchNextPage]);
  const isMissing = data === undefined || hasNextPage;
  return {
    holds: data?.pages.flatMap(({ items }) => items),
    error: isMissing ? error : null,
    refetch: () => void refetch(),
  };
}
