import { type Account, type Actor, type Grant, type Role, type TokenScope, atLeast } from './actor.ts';
import { Refusal } from '../refusal/refusal.ts';
import { tenantEnvironmentName } from '../plan/scope.ts';
import { type Verb, isGrantable, verbTable } from './verb.ts';
import { type Verdict, allow, demand, inOrder, refuse } from '../refusal/verdict.ts';

/** Where a right is asked for: the whole instance when empty, a project, or one tenant-environment of it. */
export interface Place {
  readonly projectId?: string;
  readonly tenant?: string;
  readonly environment?: string;
}

/** What the hub does by itself: it carries decisions out, it never makes one. */
const systemVerbs: ReadonlySet<Verb> = new Set<Verb>([
  'read',
  'preview',
  'execute',
  'cancel_any',
  'note',
  'project',
  'members',
  'plan',
  'clusters',
  'audit',
]);

const covers = (grant: Grant, place: Place): boolean =>
  grant.projectId === place.projectId &&
  (grant.tenant === undefined || grant.tenant === place.tenant) &&
  (grant.environment === undefined || grant.environment === place.environment);

/** Whoever was given anything at a place can also look at it. */
const gives = (grant: Grant, verb: Verb): boolean =>
  grant.verb === verb || verb === 'read' || verb === 'preview';

/** True when a grant, not the role, gives the right. */
export const hasGrant = (account: Account, verb: Verb, place: Place): boolean =>
  isGrantable(verb) && account.grants.some((grant) => gives(grant, verb) && covers(grant, place));

/** True when the account may know that the project exists. */
export const canSee = (account: Account, projectId: string): boolean =>
  !account.disabled &&
  (account.role !== undefined || account.grants.some((grant) => grant.projectId === projectId));

const placeText = ({ tenant, environment }: Place): string =>
  tenant !== undefined && environment !== undefined
    ? ` in ${tenantEnvironmentName({ tenant, environment })}`
    : '';

/** What an account may do, whichever credential it shows: by its role, or by a grant at this place. */
export function decideAccount(account: Account, verb: Verb, place: Place = {}): Verdict {
  const { role, phrase, personOnly } = verbTable[verb];
  if (account.disabled) return refuse('account_disabled');
  if (place.projectId !== undefined && !canSee(account, place.projectId)) {
    return refuse('not_visible', { what: 'this project' });
  }
  if (personOnly && account.kind === 'service_account') {
    return refuse('person_required', { verb: phrase, name: account.name });
  }
  if (role === 'anybody' || (role !== undefined && atLeast(account.role, role))) return allow;
  if (hasGrant(account, verb, place)) return allow;
  const where = placeText(place);
  if (role === undefined) return refuse('grant_missing', { verb: phrase, where });
  return refuse('role_missing', { verb: phrase, where, role, actual: account.role ?? 'without a role' });
}

function decideToken(scopes: readonly TokenScope[] | undefined, verb: Verb): Verdict {
  const { scope, phrase } = verbTable[verb];
  if (scope !== undefined && scopes?.includes(scope)) return allow;
  return refuse('token_scope_missing', { verb: phrase, scope: scope ?? 'none' });
}

/**
 * The one answer for every door: may this actor do this here? First what the account may do, then what the shown
 * credential lets through. A token without the scope has no right, whatever its owner may do.
 */
export function decide(actor: Actor, verb: Verb, place: Place = {}): Verdict {
  const { credential } = actor;
  const closed = (): Verdict =>
    refuse('door_closed', { credential: credential.kind, verb: verbTable[verb].phrase });
  if (actor.disabled) return refuse('account_disabled');
  if (credential.kind === 'agent') return verb === 'agent_report' ? allow : closed();
  if (verb === 'agent_report') return closed();
  if (credential.kind === 'system') return systemVerbs.has(verb) ? allow : closed();
  const verdict = decideAccount(actor, verb, place);
  if (!verdict.allowed || credential.kind === 'session') return verdict;
  return decideToken(credential.scopes, verb);
}

/** The same for a change that reaches several places: each has to be allowed. */
export const decideAll = (actor: Actor, verb: Verb, places: readonly Place[]): Verdict =>
  inOrder(places.map((place) => () => decide(actor, verb, place)));

/** May the actor do this anywhere in the project? Asked where the place is not known yet, and asked again when it is. */
export function decideSomewhere(actor: Actor, verb: Verb, projectId: string): Verdict {
  const whole = decide(actor, verb, { projectId });
  const granted = actor.grants
    .filter((grant) => grant.projectId === projectId)
    .map(({ tenant, environment }): Place => ({
      projectId,
      ...(tenant === undefined ? {} : { tenant }),
      ...(environment === undefined ? {} : { environment }),
    }));
  return granted.map((place) => decide(actor, verb, place)).find(({ allowed }) => allowed) ?? whole;
}

/** Throws the refusal of `decide`. */
export const demandRight = (actor: Actor, verb: Verb, place: Place = {}): void =>
  demand(decide(actor, verb, place));

const unseen: ReadonlySet<string> = new Set(['not_visible', 'grant_missing', 'role_missing']);

/**
 * For a thing that lies in several places: one that may be read is enough. Throws `not_visible` otherwise, word for word
 * like for what does not exist; a credential that may not read at all is told so.
 */
export function demandSight(actor: Actor, places: readonly Place[], what: string): void {
  const verdicts = places.map((place) => decide(actor, 'read', place));
  if (verdicts.some(({ allowed }) => allowed)) return;
  const refusal = verdicts[0]?.refusal;
  throw refusal && !unseen.has(refusal.code) ? refusal : new Refusal('not_visible', { what });
}

/** Nobody makes an account that may do more than they may themselves. Throws `role_beyond_own`. */
export function demandRoleWithinOwn(actor: Actor, role: Role | undefined): void {
  if (role !== undefined && !atLeast(actor.role, role)) throw new Refusal('role_beyond_own', { role });
}

/** May a token with these scopes be made with the credential that is shown? A token hands out what it has itself. */
export function decideHandOut(actor: Actor, scopes: readonly TokenScope[]): Verdict {
  const own = decide(actor, 'own_account');
  if (!own.allowed || actor.credential.kind === 'session') return own;
  const beyond = scopes.find((scope) => !actor.credential.scopes?.includes(scope));
  return beyond === undefined ? allow : refuse('scope_beyond_own', { scope: beyond });
}
