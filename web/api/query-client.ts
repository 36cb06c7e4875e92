import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '../../src/contract/api-error.ts';

/** True for an answer that asking again will not change: it says what to do instead. */
export const isFinal = (error: unknown): boolean =>
  error instanceof ApiError && error.status < 500 && error.status !== 429;

/** True when nobody is signed in, or no longer. */
export const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

/** Keeps answers. `onSignedOut` is told when the server no longer knows who asks. */
export const makeQueryClient = (onSignedOut: () => void): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (isSignedOut(error) && query.queryKey[0] !== 'getMe') onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        // Events say what is old; this is for what happened while a page was away.
        staleTime: 30_000,
        retry: (count, error) => !isFinal(error) && count < 3,
        retryDelay: (count) => Math.min(500 * 2 ** count, 5_000),
      },
    },
  });
