import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { decide, demandRight } from '../../domain/people/rights.ts';
import type { Tables } from '../../store/tables.ts';
import type { Token } from '../../store/tokens.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { isOwn, withAccount } from './list-tokens.ts';

/** The token, for its owner and for whoever manages tokens. Throws `not_visible` for everybody else. */
export async function findToken(
  tables: Pick<Tables, 'accounts' | 'tokens'>,
  actor: Actor,
  id: string,
): Promise<Token> {
  const token = await tables.tokens.get(id);
  if (token) {
    const { account } = await withAccount(tables, token);
    if (isOwn(actor, account) || decide(actor, 'tokens').allowed) return token;
  }
  throw new Refusal('not_visible', { what: 'this token' });
}

/** Revokes a token; it counts no more from the next call on. One that is revoked already stays so. */
export async function revokeToken(hub: Hub, actor: Actor, id: string): Promise<void> {
  demandRight(actor, 'own_account');
  await saveChange(hub, async (tx) => {
    const { name, accountId } = await findToken(tx, actor, id);
    const at = hub.clock();
    if (!(await tx.tokens.revoke(id, at))) return;
    await recordChange(tx, actor, {
      at,
      action: 'token.revoked',
      object: { type: 'token', id },
      details: { name, accountId },
    });
  });
}
