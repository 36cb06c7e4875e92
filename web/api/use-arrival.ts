import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { pageOfOurs } from '../words/page-of-ours.ts';
import { type Me, meQuery } from './me.ts';

/** For whoever has just signed in: forgets what was shown to others, and goes to the page they came from. */
export function useArrival(): (me: Me, wish?: string) => void {
  const router = useRouter();
  const queries = useQueryClient();
  return (me, wish) => {
    queries.clear();
    queries.setQueryData(meQuery().queryKey, me);
    router.history.push(pageOfOurs(wish));
  };
}
