import { z } from 'zod';
import { createdToken, token, tokenInput } from '../account.ts';
import { createdSecret, json, nothing } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { flag, id, page, paging } from '../primitives.ts';
import { idParams } from '../webhook.ts';

export const tokenOperations = {
  listTokens: {
    method: 'GET',
    path: '/tokens',
    summary: 'Your tokens, or with the right to manage tokens those of everybody',
    access: 'own_account',
    about: 'instance',
    query: z.strictObject({ account: id.optional(), everybody: flag.optional(), ...paging }),
    answer: json(page(token)),
    refusals: ['role_missing', 'not_visible'],
  },
  createToken: {
    method: 'POST',
    path: '/tokens',
    summary: 'Make a token; its secret is in this answer and nowhere else',
    access: 'own_account',
    about: 'instance',
    body: tokenInput,
    answer: createdSecret(createdToken),
    refusals: ['scope_beyond_own', 'role_beyond_own', 'not_visible'],
  },
  revokeToken: {
    method: 'DELETE',
    path: '/tokens/{id}',
    summary: 'Revoke a token at once',
    access: 'own_account',
    about: 'token',
    params: idParams,
    answer: nothing,
    refusals: [],
  },
} as const satisfies Record<string, Operation>;
