import { z } from 'zod';
import { createdToken } from '../account.ts';
import {
  authMethods,
  loginInput,
  loginTokenInput,
  me,
  oneTimeLinkInput,
  passwordChange,
  reauthenticateInput,
  session,
} from '../auth.ts';
import { createdSecret, json, nothing, redirect } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { list } from '../primitives.ts';
import { idParams } from '../webhook.ts';

const signingIn = ['sign_in_failed', 'sign_in_limited', 'account_disabled', 'password_sign_in_off'] as const;
const provider = z.object({ provider: z.string().regex(/^[a-z0-9-]{1,40}$/) });

export const authOperations = {
  getAuthMethods: {
    method: 'GET',
    path: '/auth/methods',
    summary: 'How people can sign in here',
    access: 'public',
    about: 'instance',
    answer: json(authMethods),
    refusals: [],
  },
  login: {
    method: 'POST',
    path: '/auth/login',
    summary: 'Sign in with a password; the session is a cookie',
    access: 'public',
    about: 'instance',
    body: loginInput,
    answer: json(me),
    refusals: signingIn,
  },
  loginForToken: {
    method: 'POST',
    path: '/auth/token',
    summary: 'Sign in with a password for a token, as the command line does',
    access: 'public',
    about: 'instance',
    body: loginTokenInput,
    answer: createdSecret(createdToken),
    refusals: signingIn,
  },
  useOneTimeLink: {
    method: 'POST',
    path: '/auth/one-time-link',
    summary: 'Set a password with a one-time link and sign in',
    access: 'public',
    about: 'instance',
    body: oneTimeLinkInput,
    answer: json(me),
    refusals: ['credential_invalid', 'sign_in_limited'],
  },
  startOidc: {
    method: 'GET',
    path: '/auth/oidc/{provider}/start',
    summary: 'Go to the identity provider',
    access: 'public',
    about: 'instance',
    params: provider,
    query: z.object({
      returnTo: z.string().max(2_000).optional().describe('A page of ours to come back to.'),
      purpose: z
        .enum(['sign_in', 'connect', 'reauthenticate'])
        .optional()
        .describe('connect: let the account that is signed in here use this provider too.'),
    }),
    answer: redirect,
    refusals: ['not_visible', 'oidc_failed', 'unauthenticated'],
  },
  finishOidc: {
    method: 'GET',
    path: '/auth/oidc/{provider}/callback',
    summary: 'Come back from the identity provider',
    access: 'public',
    about: 'instance',
    params: provider,
    query: z.looseObject({ state: z.string().max(2_000).optional(), code: z.string().max(4_000).optional() }),
    answer: redirect,
    refusals: ['oidc_failed', 'account_disabled', 'not_visible'],
  },
  logout: {
    method: 'POST',
    path: '/auth/logout',
    summary: 'End this session; without one, nothing happens',
    access: 'public',
    about: 'instance',
    body: z.strictObject({}),
    answer: nothing,
    refusals: [],
  },
  logoutEverywhere: {
    method: 'POST',
    path: '/auth/logout-everywhere',
    summary: 'End every session of yours; tokens stay',
    access: 'own_account',
    about: 'instance',
    body: z.strictObject({}),
    answer: nothing,
    refusals: [],
  },
  changePassword: {
    method: 'POST',
    path: '/auth/password',
    summary: 'Change your password; every other session ends',
    access: 'own_account',
    about: 'instance',
    body: passwordChange,
    answer: nothing,
    refusals: ['sign_in_failed', 'sign_in_limited'],
  },
  reauthenticate: {
    method: 'POST',
    path: '/auth/reauthenticate',
    summary: 'Prove once more who you are, as break-glass asks for',
    access: 'own_account',
    about: 'instance',
    body: reauthenticateInput,
    answer: json(me),
    refusals: ['sign_in_failed', 'sign_in_limited'],
  },
  getMe: {
    method: 'GET',
    path: '/me',
    summary: 'Who you are and what you may do',
    access: 'signed_in',
    about: 'instance',
    answer: json(me),
    refusals: [],
  },
  listSessions: {
    method: 'GET',
    path: '/me/sessions',
    summary: 'Where you are signed in',
    access: 'own_account',
    about: 'instance',
    answer: json(list(session)),
    refusals: [],
  },
  endSession: {
    method: 'DELETE',
    path: '/me/sessions/{id}',
    summary: 'End one session of yours',
    access: 'own_account',
    about: 'session',
    params: idParams,
    answer: nothing,
    refusals: [],
  },
} as const satisfies Record<string, Operation>;
