import { useSuspenseQuery } from '@tanstack/react-query';
import type { ResultOf } from '../../src/contract/operations.ts';
import type { Actor, TokenScope } from '../../src/domain/people/actor.ts';
import { decide } from '../../src/domain/people/rights.ts';
import { type GrantableVerb, type Verb, isGrantable, verbs } from '../../src/domain/people/verb.ts';
import type { Verdict } from '../../src/domain/refusal/verdict.ts';
import { apiQuery } from './queries.ts';

export type Me = ResultOf<'getMe'>;

/** Who is signed in. */
export const meQuery = () => ({ ...apiQuery('getMe'), staleTime: 60_000 });

/** Who is signed in; every page but those for signing in has somebody. */
export const useMe = (): Me => useSuspenseQuery(meQuery()).data;

const isVerb = (text: string): text is GrantableVerb =>
  (verbs as readonly string[]).includes(text) && isGrantable(text as Verb);

/** Whoever is signed in, as the rules of the domain want them. Projects go by their slugs here. */
export function actorOfMe(me: Me): Actor {
  const { id, name, email, kind, role, groups, credential, grants } = me;
  const at = credential.authenticatedAt;
  return {
    id,
    name,
    email: email ?? undefined,
    kind,
    ownerId: undefined,
    role: role ?? undefined,
    disabled: false,
    groups,
    grants: grants.flatMap(({ verb, project, tenant, environment }) =>
      isVerb(verb)
        ? [{ verb, projectId: project, tenant: tenant ?? undefined, environment: environment ?? undefined }]
        : [],
    ),
    credential: {
      kind: credential.kind,
      id: credential.id,
      scopes: (credential.scopes ?? undefined) as readonly TokenScope[] | undefined,
      authenticatedAt: at === null ? undefined : Date.parse(at),
    },
  };
}

/** Where a right is asked for; without a project, on the whole instance. */
export interface WhereAsked {
  readonly project?: string;
  readonly tenant?: string;
  readonly environment?: string;
}

/** May whoever is signed in do this here? The rule that the server applies, with its words. */
export function useMay(verb: Verb, { project, ...rest }: WhereAsked = {}): Verdict {
  const me = useMe();
  return decide(actorOfMe(me), verb, { ...rest, ...(project === undefined ? {} : { projectId: project }) });
}
