import { type Account, personOf } from '../people/actor.ts';
import { type Approvable, mayApprove } from './review.ts';
import type { Standing } from './votes.ts';

/** Those of the accounts that can still approve it, each person once, in the order given. */
export function approversAmong(
  request: Approvable,
  accounts: readonly Account[],
  standing: Standing,
): readonly Account[] {
  const may = accounts.filter((account) => mayApprove(request, account, standing));
  return [...Map.groupBy(may, personOf)].flatMap(
    ([person, own]) => own.find(({ id }) => id === person) ?? own[0] ?? [],
  );
}
