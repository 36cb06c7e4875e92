import { type OidcProblem, oidcProblems } from '../../../src/domain/people/oidc-claims.ts';
import { sentence } from '../../words/sentence.ts';

/** What the address of the page says when somebody comes back without being let in. */
export interface RefusedSignIn {
  readonly refused: string;
  readonly because: string | undefined;
  /** As this hub calls it; undefined when it knows none of that name. */
  readonly provider: string | undefined;
}

/** What happened, and what to do about it. */
export interface RefusedText {
  readonly what: string;
  readonly next: string;
}

const nextSteps: Readonly<Record<OidcProblem, string>> = {
  unreachable: 'Nothing is wrong with your account. Try again in a minute.',
  denied: 'Try again, or with another account there. Whoever runs it can say who may come in.',
  state: 'Nothing was changed. Begin again below, in this window.',
  token: 'Tell an owner: what it sends does not fit how this server is set up.',
  subject: 'Tell an owner: it has to send who somebody is.',
  email_unverified: 'Confirm your address there, then sign in again.',
  email_taken: 'Sign in as you did before, or ask an owner.',
  identity_taken: 'Sign in as you did before, or ask an owner to look at both accounts.',
  too_many_groups: 'Show this to whoever runs this server.',
  not_admitted: 'An owner can invite you, or give one of your groups a role.',
};

const others: Readonly<Record<string, RefusedText>> = {
  account_disabled: {
    what: 'Your account is disabled here.',
    next: 'Ask an owner to enable it. What you did before is kept.',
  },
  sign_in_limited: {
    what: 'Too many sign-ins from your network failed.',
    next: 'Wait a quarter of an hour, then try again.',
  },
  unauthenticated: {
    what: 'Nobody is signed in here any more.',
    next: 'Sign in first, then start again from your settings.',
  },
  not_visible: {
    what: 'This server knows no such identity provider.',
    next: 'Choose one of the ways below.',
  },
};

const isProblem = (text: string): text is OidcProblem => Object.hasOwn(oidcProblems, text);

/** In plain words why somebody was not let in, and what to do next. Nothing of an address is shown as it stands. */
export function refusedText({ refused, because = '', provider }: RefusedSignIn): RefusedText {
  const other = Object.hasOwn(others, refused) ? others[refused] : undefined;
  if (other) return other;
  const name = provider ?? 'your identity provider';
  if (refused === 'oidc_failed' && isProblem(because))
    return {
      what: sentence(`signing in with ${name} did not work: ${oidcProblems[because]}`),
      next: nextSteps[because],
    };
  return { what: `Signing in with ${name} did not work.`, next: 'Try again, or ask an owner.' };
}
