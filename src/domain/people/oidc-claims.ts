import { type Role, roles } from './actor.ts';
import { checkEmail, checkName, fitName, normalEmail } from './account-text.ts';

/** What an operator says about the people of one identity provider. */
export interface OidcRules {
  /** The claim that lists groups, such as `groups`. */
  readonly groupsClaim: string;
  /** Group there → role here; the greatest one counts. When empty, owners set roles by hand. */
  readonly roles: readonly { readonly group: string; readonly role: Role }[];
  /** The role of those without a group that gives one; when absent, they are not let in. */
  readonly defaultRole: Role | undefined;
  /** Group there → group here; `as_given` takes them all, under their own names. */
  readonly groups: 'as_given' | readonly { readonly claim: string; readonly group: string }[];
  /** `assumed` for providers that never send `email_verified` and own all their addresses. */
  readonly emailVerified: 'required' | 'assumed';
}

/** Who came back from an identity provider, as far as its claims are believed. */
export interface OidcPerson {
  readonly subject: string;
  readonly email: string | undefined;
  readonly name: string;
  readonly groups: readonly string[];
  readonly role: Role | undefined;
}

/** Why a sign-in elsewhere came to nothing: code → the reason a person reads. Never the provider's own words. */
export const oidcProblems = {
  unreachable: 'it cannot be reached at the moment',
  denied: 'it did not let you in',
  state: 'this was not started in this browser, took too long, or was used before; start again',
  token: 'it sent an answer that cannot be trusted',
  subject: 'it does not say who you are',
  email_unverified: 'your e-mail address is not verified there',
  email_taken: 'another account here has your e-mail address; sign in with that one and connect this there',
  identity_taken: 'somebody else signs in with this identity',
  too_many_groups: 'it lists too many groups; ask the operator to map those that matter',
  not_admitted: 'none of your groups gives you a role here; ask an owner',
} as const;
export type OidcProblem = keyof typeof oidcProblems;

export type OidcReading =
  { readonly ok: true; readonly person: OidcPerson } | { readonly ok: false; readonly problem: OidcProblem };

/** Groups that are taken under their own names, at most. */
const LIMIT_GROUPS = 500;

/** A text where a list belongs would let one group's name be read as another's: it counts as no groups. */
const groupsIn = (value: unknown): ReadonlySet<string> =>
  new Set(Array.isArray(value) ? value.filter((group) => typeof group === 'string') : []);

/** `verified: false` when an address is there that may not be believed. */
function emailIn(
  rules: OidcRules,
  claims: Claims,
): { readonly verified: boolean; readonly email: string | undefined } {
  const { email } = claims;
  if (typeof email !== 'string' || email === '') return { verified: true, email: undefined };
  // Only the value true: the text "true" or "false" is somebody's mistake.
  if (rules.emailVerified === 'required' && claims['email_verified'] !== true)
    return { verified: false, email: undefined };
  const normal = normalEmail(email);
  return { verified: true, email: checkEmail(normal).allowed ? normal : undefined };
}

function nameIn(claims: Claims, email: string | undefined, subject: string): string {
  const candidates = [claims['name'], claims['preferred_username'], email, subject];
  for (const candidate of candidates) {
    const name = typeof candidate === 'string' ? fitName(candidate) : '';
    if (name !== '') return name;
  }
  return 'unnamed';
}

const greatest = (given: readonly Role[]): Role | undefined => roles.findLast((role) => given.includes(role));

type Claims = Readonly<Record<string, unknown>>;

/** Reads the claims of an ID token whose signature, issuer, audience and times were checked before. */
export function readOidcClaims(rules: OidcRules, claims: Claims): OidcReading {
  const { sub: subject } = claims;
  if (typeof subject !== 'string' || subject === '' || subject.length > 255 || subject.includes('\0'))
    return { ok: false, problem: 'subject' };
  const { verified, email } = emailIn(rules, claims);
  if (!verified) return { ok: false, problem: 'email_unverified' };
  const there = groupsIn(claims[rules.groupsClaim]);
  const fit = [...there].filter((group) => checkName('group', group).allowed);
  const groups =
    rules.groups === 'as_given'
      ? fit
      : rules.groups.filter(({ claim }) => there.has(claim)).map(({ group }) => group);
  if (groups.length > LIMIT_GROUPS) return { ok: false, problem: 'too_many_groups' };
  const mapped = greatest(rules.roles.filter(({ group }) => there.has(group)).map(({ role }) => role));
  const role = mapped ?? rules.defaultRole;
  const name = nameIn(claims, email, subject);
  return { ok: true, person: { subject, email, name, groups: [...new Set(groups)], role } };
}
