import type { Actor, Role } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { addPerson } from './add-person.ts';
import { memberOf } from './get-member.ts';
import type { Member } from './list-members.ts';
import { type OneTimeLink, makePasswordLink } from './one-time-link.ts';

/** Adds somebody, and makes the link with which they set their password. Throws `already_exists`. */
export async function inviteMember(
  hub: Hub,
  actor: Actor,
  wish: { readonly email: string; readonly name: string; readonly role: Role | undefined },
): Promise<{ readonly member: Member; readonly link: OneTimeLink }> {
  demandRight(actor, 'members');
  return saveChange(hub, async (tx) => {
    const account = await addPerson(hub, tx, actor, { ...wish, passwordHash: undefined });
    const link = await makePasswordLink(hub, tx, account.id, 'invitation');
    return { member: await memberOf(tx, account), link };
  });
}
