import type { Hub } from '../../app/hub.ts';
import { changeMember } from '../../app/people/change-member.ts';
import { changeServiceAccount } from '../../app/people/change-service-account.ts';
import { createResetLink } from '../../app/people/create-reset-link.ts';
import { createServiceAccount } from '../../app/people/create-service-account.ts';
import { getMember } from '../../app/people/get-member.ts';
import { giveGrant } from '../../app/people/give-grant.ts';
import { inviteMember } from '../../app/people/invite-member.ts';
import { listGrants } from '../../app/people/list-grants.ts';
import { listMembers } from '../../app/people/list-members.ts';
import { listServiceAccounts } from '../../app/people/list-service-accounts.ts';
import { takeGrant } from '../../app/people/take-grant.ts';
import type { accountOperations } from '../../contract/operations/accounts.ts';
import type { HandlersOf } from '../handler.ts';
import { wireGrant, wireLink, wireMember, wirePage, wireServiceAccount } from './wire-account.ts';

/** People, their grants, and the accounts of programs. */
export const accountHandlers = (hub: Hub): HandlersOf<typeof accountOperations> => ({
  listMembers: async ({ actor, query }) => wirePage(await listMembers(hub, actor, query), wireMember),
  inviteMember: async ({ actor, body }) => {
    const wish = { ...body, role: body.role ?? undefined };
    const { member, link } = await inviteMember(hub, actor, wish);
    return { member: wireMember(member), link: wireLink(link) };
  },
  getMember: async ({ actor, params }) => wireMember(await getMember(hub, actor, params.id)),
  changeMember: async ({ actor, params, body }) =>
    wireMember(await changeMember(hub, actor, { id: params.id, change: body })),
  createResetLink: async ({ actor, params }) => wireLink(await createResetLink(hub, actor, params.id)),
  listGrants: async ({ actor, query }) => wirePage(await listGrants(hub, actor, query), wireGrant),
  giveGrant: async ({ actor, body }) => wireGrant(await giveGrant(hub, actor, body)),
  takeGrant: async ({ actor, params }) => {
    await takeGrant(hub, actor, params.id);
    return undefined;
  },
  listServiceAccounts: async ({ actor, query }) =>
    wirePage(await listServiceAccounts(hub, actor, query), wireServiceAccount),
  createServiceAccount: async ({ actor, body }) =>
    wireServiceAccount(await createServiceAccount(hub, actor, { ...body, role: body.role ?? undefined })),
  changeServiceAccount: async ({ actor, params, body }) =>
    wireServiceAccount(await changeServiceAccount(hub, actor, { id: params.id, change: body })),
});
