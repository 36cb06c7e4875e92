import type { Party } from '../domain/people/actor.ts';

/** How a party stands in a row of its own columns. */
export interface PartyColumns {
  readonly personId: string;
  readonly accountId: string;
  readonly name: string;
  readonly email: string | null;
}

export const partyColumns = ({ personId, accountId, name, email }: Party): PartyColumns => ({
  personId,
  accountId,
  name,
  email: email ?? null,
});

export const partyFrom = ({ personId, accountId, name, email }: PartyColumns): Party => ({
  personId,
  accountId,
  name,
  email: email ?? undefined,
});

/** A party that stands in one column, as JSON. */
export function partyIn(text: string): Party {
  const party = JSON.parse(text) as Party;
  return { ...party, email: party.email };
}
