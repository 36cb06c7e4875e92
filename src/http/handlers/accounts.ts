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
import { grantView, linkView, memberView, pageView, serviceAccountView } from './account-views.ts';

/** People, their grants, and the accounts of programs. */
export const accountHandlers = (hub: Hub): HandlersOf<typeof accountOperations> => ({
  listMembers: async ({ actor, query }) => pageView(await listMembers(hub, actor, query), memberView),
  inviteMember: async ({ actor, body }) => {
    const wish = { ...body, role: body.role ?? undefined };
    const { member, link } = await inviteMember(hub, actor, wish);
    return { member: memberView(member), link: linkView(link) };
  },
  getMember: async ({ actor, params }) => memberView(await getMember(hub, actor, params.id)),
  changeMember: async ({ actor, params, body }) =>
    memberView(await changeMember(hub, actor, { id: params.id, change: body })),
  createResetLink: async ({ actor, params }) => linkView(await createResetLink(hub, actor, params.id)),
  listGrants: async ({ actor, query }) => pageView(await listGrants(hub, actor, query), grantView),
  giveGrant: async ({ actor, body }) => grantView(await giveGrant(hub, actor, body)),
  takeGrant: async ({ actor, params }) => {
    await takeGrant(hub, actor, params.id);
    return undefined;
  },
  listServiceAccounts: async ({ actor, query }) =>
    pageView(await listServiceAccounts(hub, actor, query), serviceAccountView),
  createServiceAccount: async ({ actor, body }) =>
    serviceAccountView(await createServiceAccount(hub, actor, { ...body, role: body.role ?? undefined })),
  changeServiceAccount: async ({ actor, params, body }) =>
    serviceAccountView(await changeServiceAccount(hub, actor, { id: params.id, change: body })),
});
