import { type Actor, isSame } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { RequestKind } from '../../domain/request/request.ts';
import { decide, decideAll, decideSomewhere, demandRight } from '../../domain/people/rights.ts';
import type { Subject } from '../../domain/people/subject.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import { placesOf } from '../../domain/request/votes.ts';
import type { Verb } from '../../domain/people/verb.ts';
import { findSession } from '../break-glass/find-session.ts';
import { findHold } from '../holds/find-hold.ts';
import { findCluster } from '../clusters/find-cluster.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import { findRequest } from '../requests/find-request.ts';
import { findAccount } from './find-account.ts';
import { findToken } from './revoke-token.ts';

/** What somebody wants to do, by the operation's verb and the thing that its address names. */
export interface Ask {
  readonly actor: Actor;
  /** `undefined` when it is enough to be somebody. */
  readonly verb: Verb | undefined;
  readonly about: Subject;
  readonly params: Readonly<Record<string, string>>;
  /** Only a request of this kind counts as found. */
  readonly requestKind: RequestKind | undefined;
}

type Answer = (hub: Hub, ask: Ask & { readonly verb: Verb }) => Promise<void>;

const idOf = ({ params }: Ask): string => params['id'] ?? '';

const hidden = (what: string): Refusal => new Refusal('not_visible', { what });

/** Somewhere in the project is enough here: the use case knows the place, and asks again. */
const demandInProject = ({ actor, verb }: Ask & { readonly verb: Verb }, projectId: string): void =>
  demand(decideSomewhere(actor, verb, projectId));

/** For things that only those with the right may know of: without it, every id gives the same answer. */
const rightFirst =
  (find: (hub: Hub, id: string) => Promise<unknown>): Answer =>
  async (hub, ask) => {
    demandRight(ask.actor, ask.verb);
    await find(hub, idOf(ask));
  };

const mustExist =
  (what: string, find: (hub: Hub, id: string) => Promise<unknown>) =>
  async (hub: Hub, id: string): Promise<void> => {
    if ((await find(hub, id)) === undefined) throw hidden(what);
  };

/** For each sort of thing: first whether the actor may know of it (404), then whether they may do this to it (403). */
const answers: Readonly<Record<Subject, Answer>> = {
  instance: (_, { actor, verb }) => Promise.resolve(demandRight(actor, verb)),
  project: async ({ store }, ask) => {
    const project = await findProject(store, ask.actor, ask.params['slug'] ?? '');
    demandInProject(ask, project.id);
  },
  request: async ({ store }, ask) => {
    const { actor, verb, requestKind: kind } = ask;
    const places = placesOf(await findRequest(store, actor, { id: idOf(ask), kind }));
    // Whoever may cancel for others uses the same address; whose request it is, the use case knows.
    const others = verb === 'cancel_own' && decideAll(actor, 'cancel_any', places).allowed;
    if (!others) demand(decideAll(actor, verb, places));
  },
  break_glass: async ({ store }, ask) => {
    const session = await findSession(store, ask.actor, idOf(ask));
    // To end a session is always its holder's own affair, and otherwise that of those who review it.
    const others = ask.verb === 'break_glass_end' && !isSame(session.by, ask.actor);
    demandInProject({ ...ask, verb: others ? 'break_glass_review' : ask.verb }, session.projectId);
  },
  hold: async ({ store }, ask) => {
    const { projectId, tenant, environment } = await findHold(store, ask.actor, idOf(ask));
    demand(decide(ask.actor, ask.verb, { projectId, tenant, environment }));
  },
  webhook: rightFirst(mustExist('this webhook', ({ store }, id) => store.webhooks.get(id))),
  delivery: rightFirst(mustExist('this delivery', ({ store }, id) => store.deliveries.get(id))),
  cluster: rightFirst(({ store }, id) => findCluster(store, id)),
  grant: rightFirst(mustExist('this grant', ({ store }, id) => store.grants.get(id))),
  service_account: rightFirst(({ store }, id) => findAccount(store, 'service_account', id)),
  member: async ({ store }, ask) => {
    demandRight(ask.actor, 'read');
    await findAccount(store, 'person', idOf(ask));
    demandRight(ask.actor, ask.verb);
  },
  token: async ({ store }, ask) => {
    await findToken(store, ask.actor, idOf(ask));
    demandRight(ask.actor, ask.verb);
  },
  session: async ({ store, clock }, ask) => {
    const own = await store.sessions.of(ask.actor.id, clock());
    if (!own.some(({ id }) => id === idOf(ask))) throw hidden('this session');
    demandRight(ask.actor, ask.verb);
  },
};

/**
 * May this be done here, as far as the address tells? Throws `not_visible` for what the actor may not know of, word
 * for word like for what does not exist, and then a refusal of kind `forbidden`.
 */
export async function authorise(hub: Hub, ask: Ask): Promise<void> {
  const { verb } = ask;
  if (verb !== undefined) await answers[ask.about](hub, { ...ask, verb });
}
