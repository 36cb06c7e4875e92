import { type Account, type Actor, atLeast, roles } from '../../domain/people/actor.ts';
import { decide } from '../../domain/people/rights.ts';
import { verbTable } from '../../domain/people/verb.ts';
import { approversAmong } from '../../domain/request/approvers.ts';
import type { Approvable } from '../../domain/request/review.ts';
import type { Standing } from '../../domain/request/votes.ts';
import type { Tables } from '../../store/tables.ts';

/** Who can approve something: the first few, and how many more. Nobody is named to who may not know of members. */
export interface Approvers {
  readonly people: readonly Account[];
  readonly more: number;
  /** There may be others: not every person was looked at. */
  readonly atLeast: boolean;
}

const shownPeople = 5;
/** Persons that are looked at; where there are more of them who may approve, the number is a lower bound. */
const mostPersons = 100;

const approvingRoles = roles.filter((role) => {
  const needed = verbTable.approve.role;
  return needed === 'anybody' || (needed !== undefined && atLeast(role, needed));
});

/** Whose approval would count now, as the actor may know it; the actor first, where they are among them. */
export async function findApprovers(
  tables: Pick<Tables, 'accounts'>,
  actor: Actor,
  { request, standing }: { readonly request: Approvable; readonly standing: Standing },
): Promise<Approvers> {
  const { projectId } = request;
  const ids = await tables.accounts.personsWith({
    verb: 'approve',
    roles: approvingRoles,
    projectId,
    limit: mostPersons + 1,
  });
  const accounts = await tables.accounts.withRightsEach(ids.slice(0, mostPersons));
  const found = approversAmong(request, accounts, standing);
  const isActor = ({ id }: Account): boolean => id === actor.id;
  const ordered = [...found.filter(isActor), ...found.filter((account) => !isActor(account))];
  const people = decide(actor, 'read').allowed ? ordered.slice(0, shownPeople) : [];
  return { people, more: found.length - people.length, atLeast: ids.length > mostPersons };
}
