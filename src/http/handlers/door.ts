import type { Hub } from '../../app/hub.ts';
import { authorise } from '../../app/people/authorise.ts';
import { resolveCredential } from '../../app/people/resolve-credential.ts';
import type { ServerOptions } from '../build-server.ts';

/** How a hub answers who somebody is and whether they may: for `buildServer`. */
export const door = (hub: Hub): Pick<ServerOptions, 'resolveCredential' | 'authorise'> => ({
  resolveCredential: (credential) => resolveCredential(hub, credential),
  authorise: ({ actor, access, about, params, rollbacksOnly }) =>
    authorise(hub, {
      actor,
      verb: access === 'public' || access === 'signed_in' ? undefined : access,
      about,
      params,
      requestKind: rollbacksOnly ? 'rollback' : undefined,
    }),
});
