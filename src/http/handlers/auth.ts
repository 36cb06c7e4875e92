import type { Hub } from '../../app/hub.ts';
import { authMethods } from '../../app/people/auth-methods.ts';
import { changePassword } from '../../app/people/change-password.ts';
import { describeMe } from '../../app/people/describe-me.ts';
import { endSession } from '../../app/people/end-session.ts';
import { finishOidc } from '../../app/people/finish-oidc.ts';
import { listSessions } from '../../app/people/list-sessions.ts';
import type { NewSession } from '../../app/people/open-session.ts';
import { reauthenticate } from '../../app/people/reauthenticate.ts';
import { signIn } from '../../app/people/sign-in.ts';
import { signInForToken } from '../../app/people/sign-in-for-token.ts';
import { signOut } from '../../app/people/sign-out.ts';
import { signOutEverywhere } from '../../app/people/sign-out-everywhere.ts';
import { startOidc } from '../../app/people/start-oidc.ts';
import { useSignInCode } from '../../app/people/use-sign-in-code.ts';
import { useOneTimeLink } from '../../app/people/use-one-time-link.ts';
import type { authOperations } from '../../contract/operations/auth.ts';
import type { Cookies } from '../cookies.ts';
import type { HandlersOf } from '../handler.ts';
import { wireToken } from './wire-account.ts';
import { wireMe, wireSession } from './wire-me.ts';

const keep = (cookies: Cookies, { secret, expiresAt }: NewSession): void =>
  cookies.set('session', secret, expiresAt);

type AuthHandlers = HandlersOf<typeof authOperations>;
type OidcId = 'startOidc' | 'finishOidc' | 'startCommandLineOidc' | 'useSignInCode';
type PublicId = 'getAuthMethods' | 'login' | 'loginForToken' | 'useOneTimeLink' | 'logout';

/** For people who are not signed in yet. */
const doorHandlers = (hub: Hub): Pick<AuthHandlers, PublicId> => ({
  getAuthMethods: () => {
    const { password, oidc, demoAccounts } = authMethods(hub);
    return Promise.resolve({ password, oidc: [...oidc], demoAccounts: [...demoAccounts] });
  },
  login: async ({ body, cookies, from }) => {
    const session = await signIn(hub, body, { ...from, oldSecret: cookies.get('session') });
    keep(cookies, session);
    return wireMe(await describeMe(hub, session.actor));
  },
  loginForToken: async ({ body, from }) => {
    const { token, secret, account } = await signInForToken(hub, body, from);
    return { token: wireToken({ token, account }), secret };
  },
  useOneTimeLink: async ({ body, cookies, from }) => {
    const session = await useOneTimeLink(hub, body, { ...from, oldSecret: cookies.get('session') });
    keep(cookies, session);
    return wireMe(await describeMe(hub, session.actor));
  },
  logout: async ({ cookies }) => {
    const secret = cookies.get('session');
    if (secret !== undefined) await signOut(hub, secret);
    cookies.clear('session');
    return undefined;
  },
});

/** The way to an identity provider and back, for a browser or for the command line beside it. */
const oidcHandlers = (hub: Hub): Pick<AuthHandlers, OidcId> => ({
  startOidc: async ({ params: { provider }, query: { returnTo, purpose = 'sign_in' }, cookies }) => {
    const sessionSecret = cookies.get('session');
    const trip = await startOidc(hub, { provider, returnTo, purpose, sessionSecret });
    cookies.set('oidc', trip.cookie, trip.expiresAt);
    return trip.url;
  },
  startCommandLineOidc: async ({ params: { provider }, query: commandLine, cookies }) => {
    const [purpose, returnTo, sessionSecret] = ['sign_in' as const, undefined, undefined];
    const trip = await startOidc(hub, { provider, purpose, returnTo, sessionSecret, commandLine });
    cookies.set('oidc', trip.cookie, trip.expiresAt);
    return trip.url;
  },
  finishOidc: async ({ params: { provider }, query, cookies, from, logFailure }) => {
    const [cookie, sessionSecret] = [cookies.get('oidc'), cookies.get('session')];
    cookies.clear('oidc');
    const wish = { provider, query, cookie, sessionSecret, from, onUnwritten: logFailure };
    const { session, goTo, failure } = await finishOidc(hub, wish);
    if (failure) logFailure(failure);
    if (session) keep(cookies, session);
    return goTo;
  },
  useSignInCode: async ({ body, from }) => {
    const { token, secret, account } = await useSignInCode(hub, body, from);
    return { token: wireToken({ token, account }), secret };
  },
});

/** For people who are: what they see of themselves. */
const ownHandlers = (hub: Hub): Omit<AuthHandlers, PublicId | OidcId> => ({
  logoutEverywhere: async ({ actor, cookies }) => {
    await signOutEverywhere(hub, actor);
    cookies.clear('session');
    return undefined;
  },
  changePassword: async ({ actor, body, from }) => {
    await changePassword(hub, actor, { ...body, from });
    return undefined;
  },
  reauthenticate: async ({ actor, body, from }) =>
    wireMe(await describeMe(hub, await reauthenticate(hub, actor, { ...body, from }))),
  getMe: async ({ actor }) => wireMe(await describeMe(hub, actor)),
  listSessions: async ({ actor }) => ({ items: (await listSessions(hub, actor)).map(wireSession) }),
  endSession: async ({ actor, params }) => {
    await endSession(hub, actor, params.id);
    return undefined;
  },
});

/** Signing in and out, and what people see of themselves. */
export const authHandlers = (hub: Hub): AuthHandlers => ({
  ...doorHandlers(hub),
  ...oidcHandlers(hub),
  ...ownHandlers(hub),
});
