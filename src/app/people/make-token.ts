import type { TokenScope } from '../../domain/people/actor.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { checkName } from '../../domain/people/account-text.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { TransactionTables } from '../../store/tables.ts';
import type { Token } from '../../store/tokens.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { newSecret } from './secret.ts';

/** What a token is to be. */
export interface TokenWish {
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  /** 90 when left out. */
  readonly expiresInDays?: number | undefined;
}

/** The only value that ever holds the secret of a token. */
export interface NewToken {
  readonly token: Token;
  readonly secret: string;
}

const DAY = 86_400_000;
const LONGEST_DAYS = 366;

/** Adds a token for an account, in the transaction of what allowed it. It always ends: at `until` at the latest. */
export async function makeToken(
  hub: Hub,
  tx: TransactionTables,
  actor: Actor,
  wish: TokenWish & { readonly accountId: string; readonly until?: number | undefined },
): Promise<NewToken> {
  demand(checkName('name', wish.name));
  const now = hub.clock();
  const { secret, hash, shown } = newSecret('kgp_');
  const days = Math.min(wish.expiresInDays ?? 90, LONGEST_DAYS);
  const token: Token = {
    id: hub.newId('tok_'),
    hash,
    accountId: wish.accountId,
    name: wish.name,
    prefix: shown,
    scopes: [...new Set(wish.scopes)],
    createdBy: actor.id,
    createdAt: now,
    expiresAt: Math.min(now + days * DAY, wish.until ?? Infinity),
    usedAt: undefined,
    revokedAt: undefined,
  };
  await tx.tokens.add(token);
  const { id, name, accountId, scopes, expiresAt } = token;
  await recordChange(tx, actor, {
    at: now,
    action: 'token.created',
    object: { type: 'token', id },
    details: { name, accountId, scopes, expiresAt },
  });
  return { token, secret };
}
