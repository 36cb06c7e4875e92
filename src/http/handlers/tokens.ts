import type { Hub } from '../../app/hub.ts';
import { createToken } from '../../app/people/create-token.ts';
import { listTokens } from '../../app/people/list-tokens.ts';
import { revokeToken } from '../../app/people/revoke-token.ts';
import type { tokenOperations } from '../../contract/operations/tokens.ts';
import type { HandlersOf } from '../handler.ts';
import { wirePage, wireToken } from './wire-account.ts';

/** API tokens. */
export const tokenHandlers = (hub: Hub): HandlersOf<typeof tokenOperations> => ({
  listTokens: async ({ actor, query: { everybody, ...query } }) =>
    wirePage(await listTokens(hub, actor, { ...query, everybody: everybody === 'true' }), wireToken),
  createToken: async ({ actor, body }) => {
    const made = await createToken(hub, actor, body);
    return { token: wireToken(made), secret: made.secret };
  },
  revokeToken: async ({ actor, params }) => {
    await revokeToken(hub, actor, params.id);
    return undefined;
  },
});
