import type { Me } from '../../app/people/describe-me.ts';
import type { ListedSession } from '../../app/people/list-sessions.ts';
import type { ResultOf } from '../../contract/operations.ts';
import { wireTime, wireTimeOrNull } from '../../contract/primitives.ts';

export const wireMe = ({ actor, expiresAt, verbs, grants }: Me): ResultOf<'getMe'> => {
  const { kind, id, scopes, authenticatedAt } = actor.credential;
  return {
    id: actor.id,
    name: actor.name,
    email: actor.email ?? null,
    kind: actor.kind,
    role: actor.role ?? null,
    groups: [...actor.groups],
    credential: {
      kind,
      id,
      scopes: scopes === undefined ? null : [...scopes],
      authenticatedAt: wireTimeOrNull(authenticatedAt),
      expiresAt: wireTimeOrNull(expiresAt),
    },
    verbs: [...verbs],
    grants: grants.map(({ verb, project, tenant, environment }) => ({
      verb,
      project,
      tenant: tenant ?? null,
      environment: environment ?? null,
    })),
  };
};

export const wireSession = (shown: ListedSession): ResultOf<'listSessions'>['items'][number] => ({
  id: shown.id,
  current: shown.current,
  createdAt: wireTime(shown.createdAt),
  lastSeenAt: wireTime(shown.seenAt),
  expiresAt: wireTime(shown.expiresAt),
  address: shown.address ?? null,
  userAgent: shown.userAgent ?? null,
});
